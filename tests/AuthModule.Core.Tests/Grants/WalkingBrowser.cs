using System;
using System.Net.Http;
using System.Threading.Tasks;
using AuthModule.Interaction;

namespace AuthModule.Core.Tests.Grants;

/// <summary>A person with a browser: signs in at the server, goes where it sends them, and keeps the page that is there.</summary>
internal sealed class WalkingBrowser(SignInWalk walk) : IBrowser
{
    private static readonly HttpClient Http = new(new SocketsHttpHandler { AllowAutoRedirect = false });

    public Uri? Opened { get; private set; }

    /// <summary>What the person sees in the end.</summary>
    public Task<(int Status, string Page)> LastPage { get; private set; } = Task.FromResult((0, string.Empty));

    /// <summary>Changes the address on the way back, as an attacker would.</summary>
    public Func<string, string> Tamper { get; init; } = address => address;

    public Task<int> Open(Uri address, string? path)
    {
        Opened = address;
        LastPage = Task.Run(async () =>
        {
            string back = Tamper(await walk.GoAsync(address));
            using HttpResponseMessage reply = await Http.GetAsync(new Uri(back), TestContext.Current.CancellationToken);
            return ((int)reply.StatusCode, await reply.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        });
        return new TaskCompletionSource<int>().Task;
    }
}

using System;
using System.Linq;
using System.Threading.Tasks;
using AuthModule.Interaction;
using AuthModule.Text;

namespace AuthModule.Core.Tests.Grants;

/// <summary>A browser that does with the redirect URI of the request what a test wants.</summary>
internal sealed class CallbackBrowser(Func<Uri, string, Task> act) : IBrowser
{
    public Task<int> Open(Uri address, string? path)
    {
        string callback = FormText.Read(address.Query).FirstOrDefault(static field => field.Key == "redirect_uri").Value ?? string.Empty;
        _ = Task.Run(() => act(address, callback));
        return new TaskCompletionSource<int>().Task;
    }
}

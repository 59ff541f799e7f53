using AuthModule.Json;
using AuthModule.Text;
using AuthModule.Jose.Tokens;
using AuthModule.Platform;
using System;
using System.Collections.Generic;
using System.Linq;
using System.Net;
using System.Threading.Tasks;
using AuthModule.Http;

namespace AuthModule.Mono.Smoke;

/// <summary>Requests, repeats and sessions.</summary>
internal static class HttpChecks
{
    public static KeyValuePair<string, Func<Task>>[] All =>
    [
        Check.That("http: a token is got once and served from the session", async () =>
        {
            using var service = new TokenService(number => (200, TokenService.Token("t" + number)));
            var bench = new Bench();
            Check.Equal("t0", await bench.TokenAsync(Bench.Client(service.Address)).ConfigureAwait(false));
            Check.Equal("t0", await bench.TokenAsync(Bench.Client(service.Address)).ConfigureAwait(false));
            Check.Equal(1, service.Count);
            Check.Equal("t1", await bench.TokenAsync(Bench.Client(service.Address), anew: true).ConfigureAwait(false));
        }),
        Check.That("http: a good first attempt loads nothing that repeats", () =>
            Check.Equal(string.Empty, string.Join(" ", Loaded()))),
        Check.That("http: a busy service is asked again by the policy handler", async () =>
        {
            using var service = new TokenService(number => number == 0 ? (503, "{}") : number == 1 ? (429, "{}") : (200, TokenService.Token("late")));
            Check.Equal("late", await new Bench().TokenAsync(Bench.Client(service.Address)).ConfigureAwait(false));
            Check.Equal(3, service.Count);
            Check.Equal("Microsoft.Extensions.Http.Polly Polly Polly.Core", string.Join(" ", Loaded()));
        }),
        Check.That("http: what is refused is an error with its id", async () =>
        {
            using var service = new TokenService(_ => (401, """{"error":"invalid_client"}"""));
            try
            {
                await new Bench().TokenAsync(Bench.Client(service.Address)).ConfigureAwait(false);
                throw new InvalidOperationException("it was taken");
            }
            catch (AuthException refused)
            {
                Check.Equal(AuthErrorId.InvalidClient, refused.Code);
            }
        }),
        Check.That("http: connections to a host are not limited to two and get a lease", async () =>
        {
            using var service = new TokenService(_ => (200, TokenService.Token("t")));
            await new Bench().TokenAsync(Bench.Client(service.Address)).ConfigureAwait(false);
            ServicePoint host = ServicePointManager.FindServicePoint(new Uri(service.Address));
            Check.Equal(int.MaxValue, host.ConnectionLimit);
            Check.Equal((int)TimeSpan.FromMinutes(5).TotalMilliseconds, host.ConnectionLeaseTimeout);
            Check.Equal(false, host.Expect100Continue);
        }),
        Check.That("http: only TLS 1.2 and later", () =>
            Check.Equal(0, (int)TlsVersions.Allowed & ~(3072 | 12288))),
    ];

    private static IEnumerable<string> Loaded() => AppDomain.CurrentDomain.GetAssemblies().Select(assembly => assembly.GetName().Name)
        .Where(name => name.StartsWith("Polly", StringComparison.Ordinal) || name.StartsWith("Microsoft.Extensions", StringComparison.Ordinal))
        .OrderBy(name => name, StringComparer.Ordinal);
}

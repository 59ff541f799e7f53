using System;
using System.Collections.Generic;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using AuthModule.Text;
using AuthModule.TokenTesting;
using AuthModule.Validation;

namespace AuthModule.Cli.Demo;

/// <summary>A good token and three bad ones, each of which has to be refused for its own reason.</summary>
internal static class DemoTests
{
    public static async Task RunAsync(DemoRun run, CancellationToken cancellationToken)
    {
        AuthSession session = AuthEngine.RequireCurrent(run.Table);
        string good = session.Token!.ToPlainText();
        DateTimeOffset now = DateTimeOffset.UtcNow;
        (string What, string Token, string? Failure)[] cases =
        [
            ("alice's token", good, null),
            ("'alice' changed to 'mallory'", Tamper(good), AuthErrorId.SignatureInvalid),
            ("of another issuer", Sign(run, "https://id.other.example", now), AuthErrorId.IssuerMismatch),
            ("of two hours ago", Sign(run, run.Server.Issuer, now.AddHours(-2)), AuthErrorId.TokenExpired),
        ];

        var results = new List<TokenTestResult>();
        await run.StepAsync(
            "Tokens are tested",
            "Test-AuthToken $token -Audience orders -Detailed",
            async () =>
            {
                var request = new TokenTestRequest { Session = session, Rules = new ValidationRules { Audiences = ["orders"] } };
                ValidationRules rules = run.Engine.Tester.Prepare(run.Table, request);
                foreach ((_, string token, _) in cases)
                {
                    results.Add(await run.Engine.Tester.TestAsync(token, rules, run.Log, cancellationToken));
                }
            });
        for (int i = 0; i < cases.Length; i++)
        {
            string verdict = results[i].IsValid ? $"valid: {results[i].Checks.Count} checks passed" : $"refused: [{results[i].Failure}]";
            run.Expect(results[i].Failure == cases[i].Failure && results[i].IsValid == cases[i].Failure is null, $"{cases[i].What,-30}{verdict}");
        }
    }

    private static string Tamper(string token)
    {
        string[] parts = token.Split('.');
        _ = Base64Url.TryDecode(parts[1], out byte[] claims);
        string changed = Encoding.UTF8.GetString(claims).Replace("\"alice\"", "\"mallory\"", StringComparison.Ordinal);
        return $"{parts[0]}.{Base64Url.Encode(Encoding.UTF8.GetBytes(changed))}.{parts[2]}";
    }

    // Signed by the server's own key: only what it says is wrong.
    private static string Sign(DemoRun run, string issuer, DateTimeOffset issuedAt) => run.Server.State.Keys.Sign(
        new Dictionary<string, object?>
        {
            ["iss"] = issuer,
            ["sub"] = "alice",
            ["aud"] = "orders",
            ["client_id"] = "desktop",
            ["scope"] = "orders.read",
            ["iat"] = issuedAt.ToUnixTimeSeconds(),
            ["exp"] = issuedAt.AddHours(1).ToUnixTimeSeconds(),
            ["jti"] = RandomText.Base64Url(16),
        },
        "at+jwt");
}

using System;
using System.Collections.Generic;
using System.Linq;

namespace AuthModule.Cli.Helpers;

/// <summary>Lines that a shell, and a file of variables, take: <c>NAME=VALUE</c>, quoted where a shell would read more than the value.</summary>
internal static class ShellLine
{
    public static IEnumerable<string> Of(AuthToken token, TokenChoice choice)
    {
        yield return Of("AUTHMODULE_TOKEN", choice.Text);
        yield return Of("AUTHMODULE_TOKEN_TYPE", token.TokenType);
        if (choice.ExpiresOn is { } end)
        {
            yield return Of("AUTHMODULE_TOKEN_EXPIRES_ON", end.ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", System.Globalization.CultureInfo.InvariantCulture));
        }
    }

    public static string Of(string name, string value) => $"{name}={Value(value)}";

    /// <summary>Quoted where a shell would read more than the value.</summary>
    public static string Value(string value) => value.All(static c => char.IsAsciiLetterOrDigit(c) || "-._~+/=:@,".Contains(c, StringComparison.Ordinal))
        ? value
        : "'" + value.Replace("'", "'\\''", StringComparison.Ordinal) + "'";
}

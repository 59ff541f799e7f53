using System;
using System.Linq;
using System.Text.RegularExpressions;

namespace AuthModule.Interaction;

/// <summary>
/// Which variables of the environment look as if they held a secret, by their name or by what is in them. A browser has no use
/// for them; one too many is taken away rather than one too few.
/// </summary>
internal static class SecretVariables
{
    private static readonly string[] SecretWords =
    [
        "SECRET", "PASSWORD", "PASSWD", "PASSPHRASE", "TOKEN", "CREDENTIAL", "APIKEY", "API_KEY", "ACCESSKEY", "ACCESS_KEY", "PRIVATE", "COOKIE", "BEARER", "JWT", "ASSERTION",
        "CONNECTIONSTRING", "CONNECTION_STRING", "CONNSTR", "SIGNATURE", "AUTHORIZATION", "REFRESH", "OTP", "MNEMONIC", "NETRC", "PGPASS",
    ];

    // As a part of a name between underscores; inside other words they mean nothing.
    private static readonly string[] SecretParts = ["KEY", "KEYS", "PASS", "PW", "PWD", "PAT", "PIN", "AUTH", "DSN", "SAS", "SEED", "PSK", "CREDS", "PEM", "CERT", "LICENSE", "WEBHOOK"];

    // What a desktop needs, although it sounds like one.
    private static readonly string[] Harmless = ["PWD", "OLDPWD", "XAUTHORITY", "SSH_AUTH_SOCK", "GPG_AGENT_INFO", "GNOME_KEYRING_CONTROL"];

    // A user name and password in an address, a JWT, PEM, tokens that name their kind.
    private static readonly Regex SecretValue = new(
        @"://[^/@\s]*:[^/@\s]*@|(^|[\s""'=])eyJ[\w-]{5,}\.|-----BEGIN |(^|[\s""'=:])(gh[opsur]_|github_pat_|glpat-|xox[a-z]-|hv[sb]\.|sk-|sk_|rk_|AKIA|ASIA|AIza|ya29\.|npm_|pypi-|SG\.|dop_v1_|shp[a-z]{2}_)\w"
        + @"|(^|[?&;\s])(password|pwd|secret|token|sig|accountkey|sharedaccesskey|client_secret|access_token)\s*=\s*\S",
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase,
        TimeSpan.FromSeconds(1));

    /// <summary>Whether a variable is better not handed on.</summary>
    public static bool LooksSecret(string name, string? value)
    {
        if (Harmless.Contains(name, StringComparer.OrdinalIgnoreCase))
        {
            return false;
        }

        return SecretWords.Any(word => name.IndexOf(word, StringComparison.OrdinalIgnoreCase) >= 0)
            || name.Split('_', '.', '-').Any(part => SecretParts.Contains(part, StringComparer.OrdinalIgnoreCase))
            || (value is not null && (SecretValue.IsMatch(value) || LooksRandom(value)));
    }

    // 32 letters and digits in one piece, as keys are written in hex and in Base64. Paths and lists have other letters in them.
    private static bool LooksRandom(string value) =>
        value.Length >= 32
        && value[0] != '/'
        && value.All(static c => c < 128 && (char.IsLetterOrDigit(c) || "+/=_-".IndexOf(c) >= 0))
        && value.Any(char.IsDigit)
        && value.Any(char.IsLetter);
}

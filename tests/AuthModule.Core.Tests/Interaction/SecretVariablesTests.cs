using AuthModule.Core.Tests.Support;
using AuthModule.Interaction;

namespace AuthModule.Core.Tests.Interaction;

public sealed class SecretVariablesTests
{
    private static readonly string[] SecretNames =
    [
        "CLIENT_SECRET", "DB_PASSWORD", "PGPASSWORD", "MYSQL_PWD", "GH_TOKEN", "GITHUB_TOKEN", "AWS_SECRET_ACCESS_KEY", "AWS_ACCESS_KEY_ID", "AWS_SESSION_TOKEN", "AZURE_CLIENT_SECRET",
        "ARM_ACCESS_KEY", "AUTHMODULE_STORE_KEY", "AUTHMODULE_PASSWORD", "AUTHMODULE_CLIENT_SECRET", "OPENAI_API_KEY", "STRIPE_APIKEY", "REDIS_PASSWORD", "REDISCLI_AUTH", "NPM_AUTH",
        "DOCKER_AUTH_CONFIG", "SENTRY_DSN", "AZURE_STORAGE_CONNECTION_STRING", "ConnectionStrings__Main_Pass", "SSH_PASSPHRASE", "GPG_PASSPHRASE", "VAULT_TOKEN", "VAULT_PIN",
        "JENKINS_CREDS", "SESSION_COOKIE", "ID_JWT", "SIGNING_SEED", "WIFI_PSK", "BLOB_SAS", "AZURE_DEVOPS_EXT_PAT", "SLACK_WEBHOOK", "TLS_PEM", "client-secret", "app.password",
    ];

    private static readonly string[] SecretValues =
    [
        "postgres://app:hunter2@db.example/app", "http://user:pw@proxy.example:3128", "amqps://:pw@mq.example", "eyJhbGciOiJub25lIn0.e30.", "Bearer eyJhbGciOiJIUzI1NiJ9.e30.x",
        "-----BEGIN PRIVATE KEY-----\nMIIE", "ghp_0123456789abcdefghij", "github_pat_11AA", "glpat-x1y2", "xoxb-1-2", "hvs.CAES", "AKIAIOSFODNN7EXAMPLE", "sk_live_1", "SG.a.b",
        "Server=db;User Id=sa;Password=hunter2;", "AccountName=a;AccountKey=b==", "https://h.example/?sig=abc%3D", "0123456789abcdef0123456789abcdef", "bm90IGEgc2VjcmV0IGJ1dCBsb25nIGVub3VnaCAx",
    ];

    private static readonly (string Name, string Value)[] Kept =
    [
        ("PATH", "/usr/local/bin:/usr/bin:/bin"), ("HOME", "/home/alice"), ("PWD", "/home/alice/work/module-1"), ("OLDPWD", "/"), ("USER", "alice"), ("LANG", "en_GB.UTF-8"), ("DISPLAY", ":0"),
        ("WAYLAND_DISPLAY", "wayland-0"), ("XAUTHORITY", "/run/user/1000/.mutter-Xwaylandauth.ABC123"), ("DBUS_SESSION_BUS_ADDRESS", "unix:path=/run/user/1000/bus"), ("SSH_AUTH_SOCK", "/run/user/1000/keyring/ssh"),
        ("XDG_RUNTIME_DIR", "/run/user/1000"), ("XDG_CONFIG_HOME", "/home/alice/.config"), ("TERM", "xterm-256color"), ("http_proxy", "http://proxy.example:3128"), ("NO_PROXY", "localhost,127.0.0.1"),
        ("JAVA_HOME", "/usr/lib/jvm/java-17-openjdk-amd64"), ("LS_COLORS", "rs=0:di=01;34:ln=01;36"), ("BROWSER", "firefox"), ("MOZ_ENABLE_WAYLAND", "1"), ("KEYBOARD", "de"), ("MONKEY", "1"), ("COMPASS", "n"),
    ];

    [Fact]
    [Trait("Feature", "N10")]
    public void What_looks_like_a_secret_by_name_or_by_value_is_hidden_and_nothing_that_a_desktop_needs()
    {
        foreach (string name in SecretNames)
        {
            Assert.True(SecretVariables.LooksSecret(name, "x"), name);
            Assert.True(SecretVariables.LooksSecret("CI_" + name.ToLowerInvariant(), string.Empty), name);
        }

        foreach (string value in SecretValues)
        {
            Assert.True(SecretVariables.LooksSecret("ZETA", value), value);
        }

        Assert.All(Kept, variable => Assert.False(SecretVariables.LooksSecret(variable.Name, variable.Value), variable.Name));
        Figures.Add("Browser: names and values of variables that are hidden", $"{(2 * SecretNames.Length) + SecretValues.Length}, and {Kept.Length} kept");
    }
}

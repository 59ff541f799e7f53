namespace AuthModule.Cli.Terminal;

/// <summary>What the process answers to the shell. Scripts branch on these numbers: they never change.</summary>
internal static class ExitCode
{
    public const int Done = 0;

    /// <summary>A fault of authmodule itself.</summary>
    public const int Fault = 1;

    /// <summary>The command line or the configuration is not usable; no credential was sent.</summary>
    public const int Usage = 2;

    /// <summary>The server answered and said no.</summary>
    public const int Refused = 3;

    /// <summary>There was no answer, or none that can be used.</summary>
    public const int Unavailable = 4;

    /// <summary>A token that does not pass its test.</summary>
    public const int NotValid = 5;

    /// <summary>Ctrl+C or SIGTERM, as shells number it.</summary>
    public const int Interrupted = 130;

    public static int Of(AuthException failure) => failure switch
    {
        { Code: AuthErrorId.Canceled } => Interrupted,
        ConfigurationException => Usage,

        // Said by the engine before anything was sent: the call does not fit the provider.
        { Code: AuthErrorId.InvalidRequest or AuthErrorId.UnsupportedGrant, StatusCode: null } => Usage,
        TokenValidationException => NotValid,
        AuthServiceException => Unavailable,
        _ => Refused,
    };
}

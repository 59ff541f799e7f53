namespace AuthModule.Cli.Arguments;

/// <summary>In which form a token goes out.</summary>
internal enum TokenForm
{
    Json,
    Token,
    Header,
    Env,
    Kubectl,
    Git,
    Docker,
    Aws,
    Gcloud,
    CurlConfig,
    Text,
}

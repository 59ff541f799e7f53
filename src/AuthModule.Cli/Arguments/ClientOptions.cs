using System.CommandLine;
using System.Threading;
using System.Threading.Tasks;
using AuthModule.Cli.Terminal;
using AuthModule.Requests;
using AuthModule.Secrets;

namespace AuthModule.Cli.Arguments;

/// <summary>The client that asks, and what it proves itself with. The engine reads AUTHMODULE_CLIENT_SECRET.</summary>
internal sealed class ClientOptions : OptionGroup
{
    public const string CertificatePassword = "AUTHMODULE_CLIENT_CERTIFICATE_PASSWORD";

    public const string KeyPassword = "AUTHMODULE_CLIENT_KEY_PASSWORD";

    private readonly Option<string?> id;
    private readonly Option<bool> secretStdin;
    private readonly Option<string?> certificate;
    private readonly Option<string?> certificateKey;
    private readonly Option<string?> key;
    private readonly Option<string?> method;

    public ClientOptions()
        : base("The client")
    {
        id = Add(NewOption.Text("--client-id", "ID", "Which client asks (AUTHMODULE_CLIENT_ID)."));
        secretStdin = Add(NewOption.Flag("--client-secret-stdin", "Read the client secret from stdin (else AUTHMODULE_CLIENT_SECRET)."));
        certificate = Add(NewOption.Text("--client-certificate", "PATH", $"A certificate for TLS: PFX, or PEM with its key ({CertificatePassword})."));
        certificateKey = Add(NewOption.Text("--client-certificate-key", "PATH", "The certificate's private key (PEM) where it is in a file of its own."));
        key = Add(NewOption.Text("--client-key", "PATH", $"A private key (PEM, JWK or PFX) to sign with ({KeyPassword})."));
        method = Add(NewOption.Text("--client-authentication", "NAME", "Basic, BasicPlain, Post, SecretJwt, PrivateKeyJwt or Tls; else what the server offers."));
    }

    public async Task<TokenRequest> AddAsync(TokenRequest request, Invocation call, CancellationToken cancellationToken)
    {
        ParseResult parsed = call.Parsed;
        string? path = parsed.GetValue(certificate);
        string? keyPath = parsed.GetValue(certificateKey);
        if (path is null && keyPath is not null)
        {
            throw new UsageException("--client-certificate-key needs --client-certificate.");
        }

        return request with
        {
            ClientId = parsed.GetValue(id),
            Client = new ClientCredential
            {
                Secret = await SecretInput.ReadAsync(call, secretStdin, cancellationToken),
                Certificate = path is null ? null : ClientCertificateFile.Read(path, keyPath, call.Context.Environment.Get(CertificatePassword)),
                KeyFile = parsed.GetValue(key),
                KeyPassword = parsed.GetValue(key) is null ? null : Secret.FromOptional(call.Context.Environment.Get(KeyPassword)),
                Method = parsed.GetValue(method),
            },
        };
    }
}

using System.Net.Http;

namespace AuthModule.Http;

/// <summary>A client with its settings, and what the last certificate check of it found.</summary>
internal sealed class Connection
{
    public required HttpClient Client { get; init; }

    /// <summary>What <see cref="Client"/> sends by, for clients of others.</summary>
    public required HttpMessageHandler Handler { get; init; }

    /// <summary>Why the server's certificate was refused, as far as this connection saw; null when it was not.</summary>
    public string? CertificateFinding { get; set; }

    /// <summary>The server asked for a client certificate. Some ask and go on without; others end the connection and do not say why.</summary>
    public bool WantsCertificate { get; set; }
}

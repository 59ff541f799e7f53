namespace AuthModule.Http;

/// <summary>Reads from the first bytes of a server's answer why a TLS handshake failed (RFC 8446, sections 4.1.3, 5.1 and 6).</summary>
internal static class HandshakeAnswer
{
    private const byte Alert = 21;
    private const byte Handshake = 22;
    private const byte ServerHello = 2;
    private const byte HandshakeFailure = 40;
    private const byte ProtocolVersion = 70;
    private const byte CertificateRequired = 116;

    private const string OldAction = "Have TLS 1.2 or 1.3 switched on at the server: older protocols are not safe and are not spoken here.";

    /// <param name="first">As many as came, up to 16.</param>
    /// <param name="port">Where.</param>
    public static (string Detail, string Action) Explain(byte[] first, int port)
    {
        if (first.Length == 0)
        {
            return ($"port {port} closed the connection at the handshake", "Check that the port is the service's https port; a server that wants a client certificate (-ClientCertificate) may do this too.");
        }

        if (first[0] is not (Alert or Handshake))
        {
            return ($"port {port} does not speak TLS", "Check the port: what answers there is no https, perhaps plain http or another protocol.");
        }

        // A record is its type, a version and a length; a ServerHello in it begins with type, length and the version that the server chose.
        if (first[0] == Handshake && first.Length >= 11 && first[5] == ServerHello && first[9] == 3 && first[10] < 3)
        {
            return ($"the server speaks {(first[10] == 0 ? "SSL 3.0" : $"TLS 1.{first[10] - 1}")} and nothing newer", OldAction);
        }

        byte? reason = first[0] == Alert && first.Length >= 7 ? first[6] : null;
        return reason switch
        {
            ProtocolVersion => ("the server refuses TLS 1.2 and 1.3: it speaks older protocols only", OldAction),
            HandshakeFailure => ("the server refuses the handshake (no common cipher, or it wants a client certificate)", "Where the service knows its clients by certificates, give -ClientCertificate; else have its ciphers looked at."),
            CertificateRequired => ("the server wants a client certificate", "Give the client's certificate: -ClientCertificate."),
            { } other => ($"the server refuses the handshake (alert {other})", "Ask the server's administrator what its log says of this handshake."),
            null => ("the handshake broke", "Check what stands between here and there: something on the way may take connections apart."),
        };
    }
}

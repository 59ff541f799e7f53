using System;
using System.Globalization;
using System.IO;
using System.Net.Sockets;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using AuthModule.Secrets;

namespace AuthModule.Interaction;

/// <summary>A browser at the end of a sign-in, waiting for its page.</summary>
internal sealed class LoopbackCall(TcpClient client, Secret target) : IDisposable
{
    /// <summary>Path and query as the browser asked for them.</summary>
    public Secret Target => target;

    /// <summary>A browser that has gone away is no failure: the sign-in does not depend on its page.</summary>
    public Task RespondAsync(int status, byte[] page, CancellationToken cancellationToken) => RespondAsync(client, status, page, cancellationToken);

    public Task RedirectAsync(Uri address, CancellationToken cancellationToken) =>
        RespondAsync(client, 302, [], cancellationToken, "Location: " + address.AbsoluteUri);

    public void Dispose() => client.Dispose();

    public static async Task RespondAsync(TcpClient client, int status, byte[] page, CancellationToken cancellationToken, string? more = null)
    {
        string reason = status switch { 200 => "OK", 302 => "Found", 400 => "Bad Request", 404 => "Not Found", 405 => "Method Not Allowed", _ => "Error" };
        string head = string.Join(
            "\r\n",
            $"HTTP/1.1 {status.ToString(CultureInfo.InvariantCulture)} {reason}",
            "Content-Type: text/html; charset=utf-8",
            $"Content-Length: {page.Length.ToString(CultureInfo.InvariantCulture)}",
            "Cache-Control: no-store",
            "Referrer-Policy: no-referrer",
            "X-Content-Type-Options: nosniff",
            "X-Frame-Options: DENY",
            "Content-Security-Policy: default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
            "Connection: close",
            status == 405 ? "Allow: GET\r\n\r\n" : more is null ? "\r\n" : more + "\r\n\r\n");
        try
        {
            NetworkStream stream = client.GetStream();
            byte[] bytes = Encoding.ASCII.GetBytes(head);
            await stream.WriteAsync(bytes, 0, bytes.Length, cancellationToken).ConfigureAwait(false);
            await stream.WriteAsync(page, 0, page.Length, cancellationToken).ConfigureAwait(false);
            await stream.FlushAsync(cancellationToken).ConfigureAwait(false);
            client.Client.Shutdown(SocketShutdown.Send);
        }
        catch (Exception gone) when (gone is IOException or SocketException or ObjectDisposedException or InvalidOperationException)
        {
        }
    }
}

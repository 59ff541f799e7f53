using System;
using System.Globalization;
using System.IO;
using System.Net.Sockets;
using System.Text;
using System.Threading.Tasks;

namespace AuthModule.Core.Tests.Grants;

/// <summary>A request letter by letter, as no HTTP client would send it.</summary>
internal static class RawRequest
{
    /// <summary>The whole reply; empty where the connection was closed without one.</summary>
    /// <param name="port">On 127.0.0.1; <c>{port}</c> in the request stands for it.</param>
    /// <param name="head">Without the empty line at its end.</param>
    public static async Task<string> SendAsync(int port, string head)
    {
        using var client = new TcpClient();
        await client.ConnectAsync("127.0.0.1", port, TestContext.Current.CancellationToken);
        NetworkStream stream = client.GetStream();
        try
        {
            string request = head.Replace("{port}", port.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal) + "\r\n\r\n";
            await stream.WriteAsync(Encoding.ASCII.GetBytes(request), TestContext.Current.CancellationToken);
            using var reader = new StreamReader(stream);
            return await reader.ReadToEndAsync(TestContext.Current.CancellationToken);
        }
        catch (IOException)
        {
            return string.Empty;
        }
    }
}

using System;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Threading;

namespace AuthModule.Benchmarks.Rows;

/// <summary>
/// A token endpoint on loopback that does nothing but answer: each reply has the next number in its token. It allocates
/// nothing while it serves and has threads of its own, so that what is counted in this process is the client's.
/// </summary>
internal sealed class LeanTokenServer : IDisposable
{
    private const int Digits = 10;
    private const int BufferSize = 16 * 1024;
    private const string TokenStart = "{\"access_token\":\"0123456789abcdef0123456789abcdef-";
    private const string TokenEnd = "\",\"token_type\":\"Bearer\",\"expires_in\":3600}";

    private readonly Socket listener = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
    private readonly byte[] expectedBody;
    private int requests;
    private int wrongRequests;

    /// <param name="expectedForm">What the body of every request has to be, letter by letter.</param>
    public LeanTokenServer(string expectedForm)
    {
        expectedBody = Encoding.ASCII.GetBytes(expectedForm);
        listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        listener.Listen();
        new Thread(Accept) { IsBackground = true, Name = "lean token server" }.Start();
    }

    public string Endpoint => $"http://127.0.0.1:{((IPEndPoint)listener.LocalEndPoint!).Port}/token";

    public int Requests => Volatile.Read(ref requests);

    /// <summary>Those that were no POST of the expected form.</summary>
    public int WrongRequests => Volatile.Read(ref wrongRequests);

    /// <summary>What the reply to the request of this number holds.</summary>
    public static string TokenOf(int request) => "0123456789abcdef0123456789abcdef-" + request.ToString("D10", CultureInfo.InvariantCulture);

    public void Dispose() => listener.Dispose();

    private void Accept()
    {
        try
        {
            while (true)
            {
                Socket connection = listener.Accept();
                connection.NoDelay = true;
                new Thread(() => Serve(connection)) { IsBackground = true, Name = "lean token connection" }.Start();
            }
        }
        catch (Exception ended) when (ended is SocketException or ObjectDisposedException)
        {
        }
    }

    private void Serve(Socket connection)
    {
        int length = TokenStart.Length + Digits + TokenEnd.Length;
        byte[] reply = Encoding.ASCII.GetBytes(
            $"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nCache-Control: no-store\r\nContent-Length: {length}\r\n\r\n{TokenStart}{new string('0', Digits)}{TokenEnd}");
        Span<byte> number = reply.AsSpan(reply.Length - TokenEnd.Length - Digits, Digits);
        byte[] buffer = new byte[BufferSize];
        using (connection)
        {
            try
            {
                for (int filled = 0, read; (read = connection.Receive(buffer, filled, buffer.Length - filled, SocketFlags.None)) > 0;)
                {
                    filled += read;
                    ReadOnlySpan<byte> request = buffer.AsSpan(0, filled);
                    int headers = request.IndexOf("\r\n\r\n"u8) + 4;
                    if (headers < 4 || filled < headers + expectedBody.Length)
                    {
                        continue;
                    }

                    if (!request.StartsWith("POST "u8) || !request.Slice(headers).SequenceEqual(expectedBody))
                    {
                        Interlocked.Increment(ref wrongRequests);
                    }

                    Interlocked.Increment(ref requests).TryFormat(number, out _, "D10", CultureInfo.InvariantCulture);
                    connection.Send(reply);
                    filled = 0;
                }
            }
            catch (Exception ended) when (ended is SocketException or ObjectDisposedException)
            {
            }
        }
    }
}

using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Threading.Tasks;

namespace AuthModule.TestKit.Servers;

/// <summary>A real redis-server on a free port of this machine. It ends with the process that started it, however that ends.</summary>
internal sealed partial class RedisServer : IAsyncDisposable
{
    private static readonly string[] Places = ["/usr/bin/redis-server", "/usr/local/bin/redis-server"];

    private readonly Process guard;

    private RedisServer(Process guard, int port)
    {
        this.guard = guard;
        Port = port;
    }

    public int Port { get; }

    public string Address => $"redis://127.0.0.1:{Port}/0";

    /// <summary>Null where there is no Redis.</summary>
    public static string? Program => Array.Find(Places, File.Exists);

    public static async Task<RedisServer> LaunchAsync(string program, params string[] options)
    {
        for (int attempt = 1; ; attempt++)
        {
            int port = FreePort();
            var start = new ProcessStartInfo("/bin/sh") { RedirectStandardInput = true, RedirectStandardOutput = true };
            start.ArgumentList.Add("-c");

            // The shell ends the server when its input ends, which it does when this process is gone.
            start.ArgumentList.Add("\"$@\" </dev/null & server=$!; cat >/dev/null; kill $server 2>/dev/null");
            start.ArgumentList.Add("redis");
            foreach (string argument in (string[])[program, "--bind", "127.0.0.1", "--save", "", "--appendonly", "no", .. PortOptions(port, options)])
            {
                start.ArgumentList.Add(argument);
            }

            var guard = Process.Start(start)!;
            var said = new List<string>();
            while (await guard.StandardOutput.ReadLineAsync() is { } line)
            {
                said.Add(line);
                if (line.Contains("Ready to accept connections", StringComparison.Ordinal))
                {
                    _ = guard.StandardOutput.ReadToEndAsync();
                    return new RedisServer(guard, port);
                }

                if (line.Contains("exit", StringComparison.OrdinalIgnoreCase) || line.Contains("Failed listening", StringComparison.Ordinal))
                {
                    break;
                }
            }

            guard.StandardInput.Close();
            if (attempt == 5)
            {
                throw new InvalidOperationException("redis-server does not start: " + string.Join(Environment.NewLine, said));
            }
        }
    }

    /// <summary>One command, sent without the code under test; the answer's first line and, for bulk answers, its bytes as Latin-1.</summary>
    public async Task<string> AskAsync(params string[] arguments)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, Port);
        using NetworkStream stream = client.GetStream();
        string command = $"*{arguments.Length}\r\n" + string.Concat(Array.ConvertAll(arguments, a => $"${a.Length}\r\n{a}\r\n")) + "*1\r\n$4\r\nQUIT\r\n";
        await stream.WriteAsync(System.Text.Encoding.Latin1.GetBytes(command));
        using var reader = new StreamReader(stream, System.Text.Encoding.Latin1);
        return await reader.ReadToEndAsync();
    }

    public async ValueTask DisposeAsync()
    {
        guard.StandardInput.Close();
        await guard.WaitForExitAsync();
        guard.Dispose();
    }

    private static string[] PortOptions(int port, string[] options) =>
        Array.IndexOf(options, "--tls-cert-file") >= 0
            ? ["--port", "0", "--tls-port", port.ToString(CultureInfo.InvariantCulture), .. options]
            : ["--port", port.ToString(CultureInfo.InvariantCulture), .. options];

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}

using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Threading;
using System.Threading.Tasks;

namespace AuthModule.TestKit.Servers;

/// <summary>A real redis-server on a free port of this machine. It ends with the process that started it, however that ends.</summary>
internal sealed partial class RedisServer : IAsyncDisposable
{
    private static readonly string[] Places = ["/usr/bin/redis-server", "/usr/local/bin/redis-server"];

    // It is there: as a server, as one that still loads, as a sentinel.
    private static readonly string[] Signs = ["Ready to accept connections", "Loading RDB produced by", "Sentinel ID is"];

    private readonly Process guard;
    private int isOver;

    private RedisServer(Process guard, int port)
    {
        this.guard = guard;
        Port = port;
    }

    public int Port { get; }

    public bool IsOver => Volatile.Read(ref isOver) != 0;

    public string Address => $"redis://127.0.0.1:{Port}/0";

    /// <summary>Null where there is no Redis.</summary>
    public static string? Program => Array.Find(Places, File.Exists);

    public static Task<RedisServer> LaunchAsync(string program, params string[] options) => LaunchOnAsync(program, null, options);

    /// <param name="program">redis-server.</param>
    /// <param name="fixedPort">Of a server that was there before; null takes a free one.</param>
    /// <param name="options">Of its command line.</param>
    public static async Task<RedisServer> LaunchOnAsync(string program, int? fixedPort, params string[] options)
    {
        for (int attempt = 1; ; attempt++)
        {
            int port = fixedPort ?? FreePort();
            var start = new ProcessStartInfo("/bin/sh") { RedirectStandardInput = true, RedirectStandardOutput = true };
            start.ArgumentList.Add("-c");

            // The shell ends the server when its input ends, which it does when this process is gone.
            start.ArgumentList.Add("\"$@\" </dev/null & server=$!; cat >/dev/null; kill $server 2>/dev/null");
            start.ArgumentList.Add("redis");
            foreach (string argument in Arguments(program, port, options))
            {
                start.ArgumentList.Add(argument);
            }

            var guard = Process.Start(start)!;
            var said = new List<string>();
            while (await guard.StandardOutput.ReadLineAsync() is { } line)
            {
                said.Add(line);
                if (Array.Exists(Signs, sign => line.Contains(sign, StringComparison.Ordinal)))
                {
                    _ = guard.StandardOutput.ReadToEndAsync();
                    return new RedisServer(guard, port);
                }

                if (line.Contains("exit,", StringComparison.OrdinalIgnoreCase) || line.Contains("exiting", StringComparison.OrdinalIgnoreCase) || line.Contains("Failed listening", StringComparison.Ordinal))
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
    public Task<string> AskAsync(params string[] arguments) => AskWithAsync(null, arguments);

    /// <summary>The same for a server that wants a password; its <c>+OK</c> to that comes first.</summary>
    public async Task<string> AskWithAsync(string? password, params string[] arguments)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, Port);
        using NetworkStream stream = client.GetStream();
        string command = (password is null ? string.Empty : Command("AUTH", password)) + Command(arguments) + Command("QUIT");
        await stream.WriteAsync(System.Text.Encoding.UTF8.GetBytes(command));
        var answer = new System.Text.StringBuilder();
        byte[] buffer = new byte[65536];

        // A sentinel does not know QUIT, and says so instead of closing.
        while (await stream.ReadAsync(buffer) is > 0 and int read)
        {
            answer.Append(System.Text.Encoding.Latin1.GetString(buffer, 0, read));
            if (answer.ToString().Contains("unknown command 'QUIT'", StringComparison.Ordinal))
            {
                break;
            }
        }

        return answer.ToString();

        static string Command(params string[] arguments) =>
            $"*{arguments.Length}\r\n" + string.Concat(Array.ConvertAll(arguments, a => $"${System.Text.Encoding.UTF8.GetByteCount(a)}\r\n{a}\r\n"));
    }

    /// <summary>As <c>kill -9</c>, of the server itself and not of the shell before it.</summary>
    public async Task KillAsync(string? password = null)
    {
        foreach (string line in (await AskWithAsync(password, "INFO", "server")).Split("\r\n"))
        {
            if (line.StartsWith("process_id:", StringComparison.Ordinal))
            {
                using var server = Process.GetProcessById(int.Parse(line.AsSpan(11), CultureInfo.InvariantCulture));
                server.Kill();
            }
        }

        await DisposeAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref isOver, 1) != 0)
        {
            return;
        }

        guard.StandardInput.Close();
        await guard.WaitForExitAsync();
        guard.Dispose();
    }

    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    // A sentinel keeps what it knows in its file, which comes first; it takes no options of a server.
    private static string[] Arguments(string program, int port, string[] options) =>
        program.EndsWith(".dll", StringComparison.Ordinal) ? ["dotnet", program, "--bind", "127.0.0.1", "--port", port.ToString(CultureInfo.InvariantCulture), .. options]
        : options.Length == 1 && options[0].EndsWith(".conf", StringComparison.Ordinal)
        ? [program, options[0], "--sentinel", "--port", port.ToString(CultureInfo.InvariantCulture)]
        : [program, "--bind", "127.0.0.1", "--save", "", "--appendonly", "no", .. PortOptions(port, options)];

    private static string[] PortOptions(int port, string[] options) =>
        Array.IndexOf(options, "--tls-cert-file") >= 0
            ? ["--port", "0", "--tls-port", port.ToString(CultureInfo.InvariantCulture), .. options]
            : ["--port", port.ToString(CultureInfo.InvariantCulture), .. options];
}

using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Security.Cryptography;
using System.Threading;
using System.Threading.Tasks;
using AuthModule.TestKit.Processes;
using AuthModule.TestKit.Servers;

namespace AuthModule.Benchmarks.Processes;

/// <summary>Real processes that ask for a token at the same moment, with nothing in common but a Redis.</summary>
internal static class ProcessFleet
{
    /// <returns>0; 1 if the result is wrong; 2 if there is no redis-server.</returns>
    public static async Task<int> RunAsync(int processes, TextWriter output)
    {
        if (RedisServer.Program is not { } program)
        {
            await output.WriteLineAsync("Nothing was run: there is no redis-server on this machine (Debian package redis-server).");
            return 2;
        }

        await using RedisServer redis = await RedisServer.LaunchAsync(program);
        await using TokenServer server = await TokenServer.StartAsync();
        string storeKey = Convert.ToBase64String(RandomNumberGenerator.GetBytes(32));
        var workers = new List<StoreWorker>();
        try
        {
            for (int i = 0; i < processes; i++)
            {
                workers.Add(StoreWorker.Start(server.TokenEndpoint, redis.Address, "client_credentials", "once", "unused", storeKey));
            }

            string?[] ready = await Task.WhenAll(workers.Select(worker => worker.ReadAsync(CancellationToken.None)));
            long start = Stopwatch.GetTimestamp();
            workers.ForEach(worker => worker.Go());
            Answer[] answers = [.. (await Task.WhenAll(workers.Select(worker => AnswerAsync(worker, start)))).OrderBy(answer => answer.After)];
            return await ReportAsync(ready, answers, server.Requests, output);
        }
        finally
        {
            workers.ForEach(worker => worker.Dispose());
        }
    }

    private static async Task<Answer> AnswerAsync(StoreWorker worker, long start)
    {
        string? line = await worker.ReadAsync(CancellationToken.None);
        return new Answer(line, Stopwatch.GetElapsedTime(start));
    }

    private static async Task<int> ReportAsync(string?[] ready, Answer[] answers, long requests, TextWriter output)
    {
        TimeSpan first = answers[0].After, middle = answers[answers.Length / 2].After, last = answers[^1].After;
        string[] different = [.. answers.Select(answer => answer.Line ?? "nothing").Distinct()];
        await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{answers.Length} processes on one Redis, cold, started at once"));
        await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"requests at the server   {requests}"));
        await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"token in hand after      first {first.TotalMilliseconds:N0} ms, median {middle.TotalMilliseconds:N0} ms, last {last.TotalMilliseconds:N0} ms: the last waits {last / first:N1} times as long as the first"));
        if (ready.All(line => line == "ready") && requests == 1 && different is [['t', 'o', 'k', 'e', 'n', ' ', ..]])
        {
            return 0;
        }

        IEnumerable<string> errors = different.Where(line => !line.StartsWith("token ", StringComparison.Ordinal));
        await output.WriteLineAsync($"WRONG: one request and one token for all were due; there are {different.Length} different answers. {string.Join("; ", errors)}");
        return 1;
    }

    private readonly record struct Answer(string? Line, TimeSpan After);
}

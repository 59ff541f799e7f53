using System;
using System.Collections.Generic;
using System.Threading.Tasks;
using AuthModule.Http;
using AuthModule.Interaction;
using AuthModule.Platform;
using AuthModule.Requests;
using AuthModule.Sessions;
using AuthModule.Telemetry;

namespace AuthModule.Core.Tests.Support;

/// <summary>An engine of a test's own, with a session table and environment variables that only it sees.</summary>
internal sealed class EngineHost
{
    public EngineHost(TimeProvider? clock = null, IBrowser? browser = null, IHttpSender? sender = null)
    {
        Clock = clock ?? TimeProvider.System;
        Engine = new AuthEngine(Clock, sender ?? new HttpSender(Clock), Variables, browser);
    }

    public TimeProvider Clock { get; }

    public AuthEngine Engine { get; }

    public SessionTable Table { get; } = new();

    public TestEnvironment Variables { get; } = new();

    public RecordedLog Log { get; } = new();

    public Task<AuthToken> GetAsync(TokenRequest request) => GetAsync(request, TokenRequirement.Default);

    public async Task<AuthToken> GetAsync(TokenRequest request, TokenRequirement requirement) =>
        await Engine.GetTokenAsync(Table, Engine.Open(Table, request), requirement, Log, TestContext.Current.CancellationToken);

    public Task<AuthToken> CurrentAsync() => GetAsync(new TokenRequest());

    public Task<AuthToken> UpdateAsync() => GetAsync(new TokenRequest(), TokenRequirement.Now);

    public Task<RevocationResult> RevokeAsync(bool localOnly = false) =>
        Engine.RevokeAsync(Table, AuthEngine.RequireCurrent(Table), localOnly, Log, TestContext.Current.CancellationToken);
}

internal sealed class TestEnvironment : Dictionary<string, string>, IEnvironment
{
    public string? Get(string name) => TryGetValue(name, out string? value) ? value : null;
}

internal sealed class RecordedLog : ICallLog
{
    private readonly List<string> lines = [];

    public IReadOnlyList<string> Lines
    {
        get
        {
            lock (lines)
            {
                return [.. lines];
            }
        }
    }

    public bool IsEnabled(LogLevel level) => true;

    public void Write(LogLevel level, string line)
    {
        lock (lines)
        {
            lines.Add($"{level}: {line}");
        }
    }

    /// <summary>Called for each line and each step of progress, in the flow's own time: a test acts as the person who reads it.</summary>
    public Action<string>? Reader { get; set; }

    public void Progress(string activity, string status, int percent, int secondsLeft)
    {
        Write(LogLevel.Debug, $"{activity} {status}");
        Reader?.Invoke($"{activity} {status}");
    }
}

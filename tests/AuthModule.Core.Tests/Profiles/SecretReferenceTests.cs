using System;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using AuthModule.Profiles.Secrets;
using AuthModule.Requests;
using AuthModule.Secrets;
using AuthModule.TestKit.Time;

namespace AuthModule.Core.Tests.Profiles;

/// <summary>Where secrets of profiles can be. Programs are those of a Unix.</summary>
public sealed class SecretReferenceTests
{
    private const string NeedsUnix = "needs a Unix: its file modes and its programs";

    public static bool IsWindows => OperatingSystem.IsWindows();

    [Fact(Skip = NeedsUnix, SkipWhen = nameof(IsWindows))]
    public async Task A_file_gives_its_text_without_the_line_break_at_its_end()
    {
        await using ProfileHost host = await ProfileHost.StartAsync();
        string path = host.Folder.File("secret");
        File.WriteAllText(path, "first\nsecond \r\n", new System.Text.UTF8Encoding(true));
        SetMode(path, UnixFileMode.UserRead);
        Assert.Equal("first\nsecond ", await ReadAsync(host, """{ "file": "secret" }"""));
    }

    [Theory(Skip = NeedsUnix, SkipWhen = nameof(IsWindows))]
    [Trait("Feature", "N10")]
    [InlineData(UnixFileMode.GroupRead)]
    [InlineData(UnixFileMode.OtherRead)]
    [InlineData(UnixFileMode.OtherWrite)]
    public async Task A_file_that_others_can_read_or_change_is_refused(UnixFileMode others)
    {
        await using ProfileHost host = await ProfileHost.StartAsync();
        string path = host.Folder.File("secret");
        File.WriteAllText(path, "canary-1");
        SetMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | others);
        ConfigurationException refused = await RefusalAsync(host, """{ "file": "secret" }""");
        Assert.Equal($"Profile 'p' has its clientSecret at file:{path}, and others than its owner can read or change it; it was not used.", refused.Message);
        Assert.Contains("chmod 600", refused.RecommendedAction, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_that_is_not_there_and_a_variable_that_is_not_set_are_named()
    {
        await using ProfileHost host = await ProfileHost.StartAsync();
        Assert.EndsWith("and there is no such file.", (await RefusalAsync(host, """{ "file": "nosuch" }""")).Message, StringComparison.Ordinal);
        Assert.Equal("Profile 'p' has its clientSecret at env:NOSUCH, and that variable is not set or empty.", (await RefusalAsync(host, """{ "env": "NOSUCH" }""")).Message);
    }

    [Fact(Skip = NeedsUnix, SkipWhen = nameof(IsWindows))]
    public async Task A_program_gives_what_it_writes_and_no_shell_reads_its_arguments()
    {
        await using ProfileHost host = await ProfileHost.StartAsync();
        Assert.Equal("$HOME; a \"b\" `c`", await ReadAsync(host, """{ "command": ["printf", "%s\n", "$HOME; a \"b\" `c`"] }"""));
    }

    [Fact(Skip = NeedsUnix, SkipWhen = nameof(IsWindows))]
    [Trait("Feature", "N10")]
    public async Task What_a_program_that_fails_wrote_is_shown_to_nobody()
    {
        await using ProfileHost host = await ProfileHost.StartAsync();
        string path = host.Folder.File("get-secret.sh");
        File.WriteAllText(path, "#!/bin/sh\necho canary-on-stdout\necho canary-on-stderr >&2\nexit 3\n");
        SetMode(path, UnixFileMode.UserRead | UnixFileMode.UserExecute);

        ConfigurationException refused = await RefusalAsync(host, """{ "command": ["./get-secret.sh", "canary-argument"] }""");

        Assert.Equal("Profile 'p' has its clientSecret at command:get-secret.sh, and it ended with exit code 3.", refused.Message);
        Assert.DoesNotContain("canary", refused.ToString() + string.Concat(host.Host.Log.Lines), StringComparison.Ordinal);
    }

    [Fact(Skip = NeedsUnix, SkipWhen = nameof(IsWindows))]
    public async Task A_program_that_does_not_end_is_stopped()
    {
        var clock = new ManualTimeProvider(DateTimeOffset.UtcNow);
        await using ProfileHost host = await ProfileHost.StartAsync(clock);
        string started = host.Folder.File("started");
        string path = host.Folder.File("wait.sh");
        File.WriteAllText(path, $"#!/bin/sh\necho $$ > '{started}.new'\nmv '{started}.new' '{started}'\nexec sleep 1000\n");
        SetMode(path, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        using var watcher = new FileSystemWatcher(host.Folder.Path) { EnableRaisingEvents = true };
        var running = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        watcher.Renamed += (_, change) => running.TrySetResult();

        Task<ConfigurationException> refusal = RefusalAsync(host, """{ "command": ["./wait.sh"] }""");
        await running.Task.WaitAsync(TestContext.Current.CancellationToken);
        using var process = System.Diagnostics.Process.GetProcessById(int.Parse(File.ReadAllText(started), System.Globalization.CultureInfo.InvariantCulture));
        while (!refusal.IsCompleted && clock.PendingTimers == 0)
        {
            await Task.Yield();
        }

        clock.Advance(CommandReference.TimeLimit);

        Assert.EndsWith("and it did not end within 30 seconds and was stopped.", (await refusal).Message, StringComparison.Ordinal);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
    }

    [Theory]
    [InlineData("""{ "command": ["no-such-program-anywhere"] }""", "and that program cannot be started.")]
    [InlineData("""{ "command": ["true"] }""", "and it wrote nothing.")]
    [InlineData("""{ "command": ["seq", "1", "100000"] }""", "and it wrote more than 64 KiB.")]
    public async Task A_program_without_a_secret_is_told(string reference, string fault)
    {
        Assert.SkipWhen(IsWindows && !reference.Contains("no-such", StringComparison.Ordinal), NeedsUnix);
        await using ProfileHost host = await ProfileHost.StartAsync();
        Assert.EndsWith(fault, (await RefusalAsync(host, reference)).Message, StringComparison.Ordinal);
    }

    [Fact(Skip = NeedsUnix, SkipWhen = nameof(IsWindows))]
    public async Task A_file_that_others_can_change_names_no_program()
    {
        await using ProfileHost host = await ProfileHost.StartAsync();
        host.Write("""  "clientId": "a", "clientSecret": { "command": ["true"] } """);
        SetMode(host.ProfileFile, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupWrite);
        var refused = await Assert.ThrowsAsync<ConfigurationException>(() => host.GetAsync());
        Assert.Contains("field profiles.p.clientSecret.command: names a program, and others than its owner can change this file", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_vault_is_asked_where_there_is_one_and_missed_where_not()
    {
        await using ProfileHost host = await ProfileHost.StartAsync();
        const string Reference = """{ "vault": "Team", "secret": "nightly" }""";
        ConfigurationException refused = await RefusalAsync(host, Reference);
        Assert.Equal("Profile 'p' has its clientSecret at vault:Team/nightly, and vaults of SecretManagement exist in PowerShell only.", refused.Message);

        host.Host.Engine.Secrets.Vault = new OneVault();
        Assert.Equal("Team/nightly", await ReadAsync(host, Reference));
    }

    private static void SetMode(string path, UnixFileMode mode)
    {
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(path, mode);
        }
    }

    private static async Task<string> ReadAsync(ProfileHost host, string reference)
    {
        host.Write($$""" "clientId": "a", "clientAuthentication": "Post", "clientSecret": {{reference}} """);
        await host.GetAsync();
        string body = host.Bodies.Last();
        return System.Net.WebUtility.UrlDecode(body.Substring(body.LastIndexOf('=') + 1));
    }

    private static Task<ConfigurationException> RefusalAsync(ProfileHost host, string reference)
    {
        host.Write($$""" "clientId": "a", "clientSecret": {{reference}} """);
        return Assert.ThrowsAsync<ConfigurationException>(() => host.GetAsync());
    }

    private sealed class OneVault : ISecretVault
    {
        public ValueTask<Secret> ReadAsync(string vault, string name, CancellationToken cancellationToken) => new(Secret.From($"{vault}/{name}"));
    }
}

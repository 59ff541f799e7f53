using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using AuthModule.Core.Tests.Support;
using AuthModule.Requests;
using AuthModule.TestKit.Files;

namespace AuthModule.Core.Tests.Sessions;

/// <summary>A whole older entry put back into a store, by somebody or by a failover that lost the newer one.</summary>
public sealed class RollbackTests : IDisposable
{
    private readonly TestFolder folder = new();

    public void Dispose() => folder.Dispose();

    private string Store => "file:" + folder.File("store");

    [Theory]
    [InlineData("password")]
    [InlineData("refresh_token")]
    [Trait("Feature", "N3")]
    public async Task An_older_entry_is_noticed_and_no_spent_refresh_token_is_sent(string grant)
    {
        await using Fleet fleet = await Fleet.StartAsync();
        TokenRequest request = fleet.Request(grant, Store, grant == "refresh_token" ? await fleet.SignInAsync() : null);
        EngineHost running = fleet.NewEngine();
        await running.GetAsync(request);
        Dictionary<string, byte[]> older = Entries();
        AuthToken newer = await running.UpdateAsync();
        PutBack(older);

        // The process that has seen the newer one goes on with it, and the others get it back.
        AuthToken next = await running.UpdateAsync();
        AuthToken found = await fleet.NewEngine().GetAsync(request);

        Assert.Contains(running.Log.Lines, line => line.StartsWith("Warning:", StringComparison.Ordinal) && line.Contains("somebody put it back", StringComparison.Ordinal));
        Assert.NotEqual(newer.ToPlainText(), next.ToPlainText());
        Assert.Equal(next.ToPlainText(), found.ToPlainText());
        Assert.Equal(0, fleet.Count("refresh_token", 400));
    }

    [Fact]
    [Trait("Feature", "N3")]
    public async Task A_session_that_was_signed_out_does_not_come_back_to_the_process_that_did_it()
    {
        await using Fleet fleet = await Fleet.StartAsync();
        EngineHost running = fleet.NewEngine();
        AuthToken first = await running.GetAsync(fleet.Request("password", Store));
        Dictionary<string, byte[]> older = Entries();
        await running.RevokeAsync(localOnly: true);
        PutBack(older);

        AuthToken second = await running.GetAsync(fleet.Request("password", Store));

        Assert.NotEqual(first.ToPlainText(), second.ToPlainText());
        Assert.Equal(2, fleet.Count("password", 200));
    }

    [Fact]
    [Trait("Feature", "N3")]
    public async Task After_the_store_lost_everything_what_another_process_writes_is_not_taken_for_old()
    {
        await using Fleet fleet = await Fleet.StartAsync();
        EngineHost running = fleet.NewEngine();
        await running.GetAsync(fleet.Request("password", Store));
        await running.UpdateAsync();
        Directory.Delete(folder.File("store"), recursive: true);

        AuthToken theirs = await fleet.NewEngine().GetAsync(fleet.Request("password", Store));
        AuthToken renewed = await running.UpdateAsync();

        Assert.DoesNotContain(running.Log.Lines, line => line.Contains("put it back", StringComparison.Ordinal));
        Assert.NotEqual(theirs.ToPlainText(), renewed.ToPlainText());
        Assert.Equal(renewed.ToPlainText(), (await fleet.NewEngine().GetAsync(fleet.Request("password", Store))).ToPlainText());
        Assert.Equal(2, fleet.Count("password", 200));
        Assert.Equal(0, fleet.Count("refresh_token", 400));
    }

    private Dictionary<string, byte[]> Entries() => Directory.GetFiles(folder.File("store"), "*.entry").ToDictionary(file => file, File.ReadAllBytes);

    private static void PutBack(Dictionary<string, byte[]> entries)
    {
        foreach ((string file, byte[] content) in entries)
        {
            File.WriteAllBytes(file, content);
            if (!OperatingSystem.IsWindows())
            {
                File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite);
            }
        }
    }
}

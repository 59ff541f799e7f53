using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using Xunit;

namespace AuthModule.Core.Tests.Stores;

/// <summary>What every store promises; one class per store runs it.</summary>
public abstract class StoreContract : IAsyncLifetime
{
    private ITokenStore store = null!;

    private protected static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => store = await OpenAsync();

    public async ValueTask DisposeAsync()
    {
        await CloseAsync();
        GC.SuppressFinalize(this);
    }

    /// <summary>The same store each time it is called in one test.</summary>
    private protected abstract ValueTask<ITokenStore> OpenAsync();

    private protected virtual ValueTask CloseAsync() => default;

    /// <summary>Lets so much time pass for the store.</summary>
    private protected abstract Task PassAsync(TimeSpan time);

    private async Task ExpectAsync(string key, byte[] expected)
    {
        byte[]? found = await store.GetAsync(key, Stop);
        Assert.NotNull(found);
        Assert.Equal(expected, found);
    }

    [Fact]
    [Trait("Feature", "G8")]
    public async Task A_value_is_read_as_it_was_written()
    {
        byte[] value = [.. Enumerable.Range(0, 256).Select(i => (byte)i), (byte)'\r', (byte)'\n'];
        await store.SetAsync("a", value, null, Stop);
        await ExpectAsync("a", value);
        Assert.Null(await store.GetAsync("b", Stop));
    }

    [Fact]
    [Trait("Feature", "G8")]
    public async Task An_empty_value_is_a_value()
    {
        await store.SetAsync("a", [], null, Stop);
        await ExpectAsync("a", []);
    }

    [Fact]
    public async Task A_large_value_comes_back_whole()
    {
        byte[] value = new byte[300_000];
        System.Security.Cryptography.RandomNumberGenerator.Fill(value);
        await store.SetAsync("a", value, TimeSpan.FromMinutes(1), Stop);
        await ExpectAsync("a", value);
    }

    [Fact]
    [Trait("Feature", "G8")]
    public async Task Callers_get_copies()
    {
        byte[] value = [1, 2, 3];
        await store.SetAsync("a", value, null, Stop);
        value[0] = 9;
        byte[] read = (await store.GetAsync("a", Stop))!;
        read[1] = 9;
        await ExpectAsync("a", [1, 2, 3]);
    }

    [Fact]
    public async Task Writing_replaces()
    {
        await store.SetAsync("a", [1], null, Stop);
        await store.SetAsync("a", [2, 2], TimeSpan.FromMinutes(1), Stop);
        await ExpectAsync("a", [2, 2]);
    }

    [Fact]
    public async Task Adding_leaves_what_is_there()
    {
        Assert.True(await store.AddAsync("a", [1], TimeSpan.FromMinutes(1), Stop));
        Assert.False(await store.AddAsync("a", [2], null, Stop));
        await ExpectAsync("a", [1]);
    }

    [Fact]
    public async Task Removing_tells_whether_there_was_something()
    {
        await store.SetAsync("a", [1], null, Stop);
        Assert.True(await store.RemoveAsync("a", Stop));
        Assert.False(await store.RemoveAsync("a", Stop));
        Assert.Null(await store.GetAsync("a", Stop));
    }

    [Fact]
    [Trait("Feature", "G10")]
    public async Task Of_many_takers_one_gets_the_value()
    {
        await store.SetAsync("a", [7], TimeSpan.FromMinutes(1), Stop);
        byte[]?[] taken = await Task.WhenAll(Enumerable.Range(0, 32).Select(_ => Task.Run(async () => await store.TakeAsync("a", Stop), Stop)));
        Assert.Equal([7], Assert.Single(taken, value => value is not null)!);
        Assert.Null(await store.GetAsync("a", Stop));
    }

    [Fact]
    public async Task Of_many_adders_one_succeeds()
    {
        bool[] added = await Task.WhenAll(Enumerable.Range(0, 32).Select(i => Task.Run(async () => await store.AddAsync("a", [(byte)i], null, Stop), Stop)));
        int winner = Assert.Single(Enumerable.Range(0, 32), i => added[i]);
        await ExpectAsync("a", [(byte)winner]);
    }

    [Fact]
    [Trait("Feature", "G10")]
    public async Task What_has_run_out_is_gone()
    {
        await store.SetAsync("short", [1], TimeSpan.FromMilliseconds(40), Stop);
        await store.SetAsync("long", [2], TimeSpan.FromMinutes(5), Stop);
        await PassAsync(TimeSpan.FromMilliseconds(60));
        Assert.Null(await store.GetAsync("short", Stop));
        Assert.Null(await store.TakeAsync("short", Stop));
        Assert.True(await store.AddAsync("short", [3], null, Stop));
        await ExpectAsync("long", [2]);
    }

    [Fact]
    public async Task A_lock_is_held_by_one_at_a_time()
    {
        int inside = 0, most = 0, total = 0;
        await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => Task.Run(
            async () =>
            {
                IStoreLock held = await store.LockAsync("a", TimeSpan.FromSeconds(30), Stop);
                Assert.True(await held.IsHeldAsync(Stop));
                most = Math.Max(most, Interlocked.Increment(ref inside));
                await Task.Yield();
                total++;
                Interlocked.Decrement(ref inside);
                await held.DisposeAsync();
                Assert.False(await held.IsHeldAsync(Stop));
            },
            Stop)));
        Assert.Equal((1, 16), (most, total));
    }

    [Fact]
    public async Task Who_waits_for_a_lock_can_leave()
    {
        await using IStoreLock held = await store.LockAsync("a", TimeSpan.FromSeconds(30), Stop);
        using var leave = new CancellationTokenSource();
        Task<IStoreLock> waiting = store.LockAsync("a", TimeSpan.FromSeconds(30), leave.Token).AsTask();
        Assert.False(waiting.IsCompleted);
        await leave.CancelAsync();
        Exception left = await Assert.ThrowsAnyAsync<Exception>(() => waiting);
        Assert.True(left is OperationCanceledException or AuthException { Code: AuthErrorId.Canceled });
    }

    [Fact]
    public async Task A_lock_does_not_hinder_other_work()
    {
        await using IStoreLock held = await store.LockAsync("a", TimeSpan.FromSeconds(30), Stop);
        await store.SetAsync("a", [1], null, Stop);
        await ExpectAsync("a", [1]);
    }

    [Fact]
    public void The_name_is_an_address_without_secrets() => Assert.Matches("^(memory|file:.+|rediss?(-sentinel)?://[^@]+/[0-9]+)$", store.Name);

    [Fact]
    public async Task Keys_of_any_length_and_characters_are_apart()
    {
        string[] keys = ["a/../b", "a\r\nb", "A", "a", new string('x', 600), new string('x', 601), "ä", "a:b:*"];
        for (int i = 0; i < keys.Length; i++)
        {
            await store.SetAsync(keys[i], [(byte)i], null, Stop);
        }

        for (int i = 0; i < keys.Length; i++)
        {
            await ExpectAsync(keys[i], [(byte)i]);
        }
    }
}

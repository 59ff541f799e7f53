using System;
using System.Collections.Generic;
using System.IO;
using System.Threading.Tasks;
using AuthModule.Benchmarks;
using AuthModule.Benchmarks.Measurement;
using AuthModule.Benchmarks.Rows;
using AuthModule.Requests;
using AuthModule.Sessions;
using AuthModule.Telemetry;
using AuthModule.TestKit.Servers;

namespace AuthModule.Core.Tests.Benchmarks;

/// <summary>
/// The rows of the benchmarks, short. They check their results as the long ones do. Of times they catch an order of magnitude
/// beyond reach, as a ratio of the best rounds of two sides in turn, in the best of several tries,
/// so that a busy machine fails nothing.
/// </summary>
public sealed class BenchmarkRowTests
{
    private const int Tries = 5;

    [Fact]
    [Trait("Feature", "N4")]
    public async Task A_cached_token_costs_no_allocation()
    {
        SessionLookUpBenchmark.Crowd crowd = await SessionLookUpBenchmark.Crowd.OfAsync(1);
        BytesOfCachedTokens(crowd);
        Assert.Equal(0, BytesOfCachedTokens(crowd));
    }

    [Theory]
    [Trait("Feature", "D2")]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_session_among_ten_thousand_is_found_with_the_work_of_the_only_one(bool byCredential)
    {
        Func<int, TokenRequest> request = byCredential ? SessionLookUpBenchmark.Crowd.WithCredential : SessionLookUpBenchmark.Crowd.WithoutCredential;
        long one = WorkOf((await SessionLookUpBenchmark.Crowd.OfAsync(1)).LookUps(request));
        long many = WorkOf((await SessionLookUpBenchmark.Crowd.OfAsync(10_000)).LookUps(request));
        Assert.InRange(many, one * 0.9, one * 1.1);
    }

    [Fact]
    [Trait("Feature", "P11")]
    public async Task A_thousand_cold_callers_are_one_request() => Assert.Equal(1, await ColdCallersBenchmark.CountAsync(1_000));

    [Fact]
    public Task An_acquisition_is_within_an_order_of_magnitude_of_a_bare_post() => RequireRatioAsync(() => AcquisitionBenchmark.MeasureAsync(Short), 11);

    [Theory]
    [Trait("Feature", "C7")]
    [InlineData("RS256")]
    [InlineData("ES256")]
    [InlineData("PS256")]
    public Task Validating_is_within_an_order_of_magnitude_of_the_library(string algorithm) =>
        RequireRatioAsync(() => ValidationBenchmark.MeasureAsync(algorithm, 16, Short), 10);

    [Theory]
    [Trait("Feature", "C8")]
    [InlineData("RS256")]
    [InlineData("ES256")]
    public Task A_token_seen_before_is_not_slower_than_the_library(string algorithm) =>
        RequireRatioAsync(() => SeenTokenBenchmark.MeasureAsync(algorithm, Short), 1);

    [Fact]
    [Trait("Feature", "N15")]
    public async Task A_token_from_redis_is_within_an_order_of_magnitude_of_a_plain_get_by_the_same_library()
    {
        Assert.SkipWhen(RedisServer.Program is null, "there is no redis-server in /usr/bin or /usr/local/bin");
        await RequireRatioAsync(
            async () =>
            {
                // Each try seals with a key of its own, which a store that another try has used refuses.
                await using RedisServer redis = await RedisServer.LaunchAsync(RedisServer.Program!);
                return await RedisBenchmark.MeasureAsync(redis, Short);
            },
            12);
    }

    [Theory]
    [InlineData(false, 0, "within reach")]
    [InlineData(true, 1, "WRONG: 1 of")]
    public async Task A_wrong_result_ends_the_run_with_1_and_says_so(bool isWrong, int expected, string said)
    {
        using var output = new StringWriter();
        Assert.Equal(expected, await BenchmarkRun.RunAsync([new Stub(isWrong)], isChosen: true, output));
        Assert.Contains(said, output.ToString(), StringComparison.Ordinal);
        Assert.Equal(isWrong, output.ToString().Contains("WRONG: stub: it lied", StringComparison.Ordinal));
    }

    private static Pair Short(Func<int, Task> measured, Func<int, Task> floor) => new(measured, floor)
    {
        WarmUp = TimeSpan.FromMilliseconds(20),
        Batch = TimeSpan.FromMilliseconds(2),
        Rounds = 5,
        CountsBytes = false,
    };

    private static async Task RequireRatioAsync(Func<Task<Comparison>> measure, double most)
    {
        var seen = new List<double>();
        do
        {
            seen.Add((await measure()).Least);
        }
        while (seen[^1] > most && seen.Count < Tries);
        Assert.True(seen[^1] <= most, $"{string.Join(", ", seen)} times the other side in {Tries} tries; {most} is far too much already");
    }

    private static long BytesOfCachedTokens(SessionLookUpBenchmark.Crowd crowd)
    {
        var nothing = new TokenRequest();
        AuthSession session = crowd.Session(0);
        bool isServed = true;
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 1_000; i++)
        {
            ValueTask<AuthToken> token = crowd.Engine.GetTokenAsync(crowd.Table, crowd.Engine.Open(crowd.Table, nothing), TokenRequirement.Default, NoLog.Instance, default);
            isServed &= token.IsCompletedSuccessfully && ReferenceEquals(token.Result, session.Token);
        }

        long bytes = GC.GetAllocatedBytesForCurrentThread() - before;
        Assert.True(isServed);
        return bytes;
    }

    // Work is told by what it allocates, which no other load on the machine changes.
    private static long WorkOf(Action<int> lookUps)
    {
        lookUps(256);
        long before = GC.GetAllocatedBytesForCurrentThread();
        lookUps(256);
        return (GC.GetAllocatedBytesForCurrentThread() - before) / 256;
    }

    private sealed class Stub(bool isWrong) : IBenchmark
    {
        public string Name => "stub";

        public string Summary => "nothing";

        public bool NeedsPowerShell => false;

        public Task<IReadOnlyList<Row>> RunAsync()
        {
            WrongResultException.Require(!isWrong, "it lied");
            return Task.FromResult<IReadOnlyList<Row>>([new Row("nothing", "nothing", "1", "1", true)]);
        }
    }
}

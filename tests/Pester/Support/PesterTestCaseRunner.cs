using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using Xunit.Sdk;
using Xunit.v3;

namespace AuthModule.Pester.Support;

/// <summary>Runs all Pester files once and reports each of their tests.</summary>
internal sealed class PesterTestCaseRunner : TestCaseRunnerBase<TestCaseRunnerBaseContext<PesterTestCase>, PesterTestCase>
{
    public async ValueTask<RunSummary> RunAsync(
        PesterTestCase testCase,
        ExplicitOption explicitOption,
        IMessageBus messageBus,
        ExceptionAggregator aggregator,
        CancellationTokenSource cancellationTokenSource)
    {
        await using var context = new TestCaseRunnerBaseContext<PesterTestCase>(testCase, explicitOption, messageBus, aggregator, cancellationTokenSource);
        await context.InitializeAsync();
        return await Run(context);
    }

    protected override async ValueTask<RunSummary> RunTestCase(TestCaseRunnerBaseContext<PesterTestCase> ctxt, Exception? exception)
    {
        var reporter = new ResultReporter(ctxt.TestCase, ctxt.MessageBus, ctxt.CancellationTokenSource);
        foreach (PesterResult result in await ResultsAsync(reporter, exception, ctxt.CancellationTokenSource.Token))
        {
            reporter.Report(result);
        }

        return reporter.Summary;
    }

    // Whatever goes wrong is a failed result: an exception here would leave a report without any test in it.
    private static async Task<IReadOnlyList<PesterResult>> ResultsAsync(ResultReporter reporter, Exception? startFailure, CancellationToken cancellationToken)
    {
        try
        {
            return startFailure is null ? await PesterRun.RunAsync(reporter.Say, cancellationToken) : [PesterResult.OfException(startFailure)];
        }
#pragma warning disable CA1031 // See above.
        catch (Exception failure)
        {
            return [PesterResult.OfException(failure)];
        }
#pragma warning restore CA1031
    }
}

using System;
using System.Threading;
using System.Threading.Tasks;
using Xunit.Sdk;
using Xunit.v3;

namespace AuthModule.Pester.Support;

/// <summary>Hands the run over to <see cref="PesterTestCaseRunner"/>.</summary>
public sealed class PesterTestCase : XunitTestCase, ISelfExecutingXunitTestCase
{
    [Obsolete("For deserialization only.")]
    public PesterTestCase()
    {
    }

    public PesterTestCase(IXunitTestMethod method, string displayName, string uniqueId, string? sourceFile, int? sourceLine)
        : base(method, displayName, uniqueId, @explicit: false, sourceFilePath: sourceFile, sourceLineNumber: sourceLine)
    {
    }

    public ValueTask<RunSummary> Run(
        ExplicitOption explicitOption,
        IMessageBus messageBus,
        object?[] constructorArguments,
        ExceptionAggregator aggregator,
        CancellationTokenSource cancellationTokenSource) =>
        new PesterTestCaseRunner().RunAsync(this, explicitOption, messageBus, aggregator, cancellationTokenSource);
}

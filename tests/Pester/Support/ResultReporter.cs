using System;
using System.Collections.Generic;
using System.Threading;
using Xunit;
using Xunit.Sdk;
using Xunit.v3;

namespace AuthModule.Pester.Support;

/// <summary>Turns Pester's results into those of the test run.</summary>
internal sealed class ResultReporter(PesterTestCase testCase, IMessageBus bus, CancellationTokenSource cancellation)
{
    private RunSummary summary;

    public RunSummary Summary => summary;

    /// <summary>Shows a line while the run goes on.</summary>
    public void Say(string line) => Send(new DiagnosticMessage(line));

    public void Report(PesterResult result)
    {
        string id = UniqueIDGenerator.ForTest(testCase.UniqueID, summary.Total);
        decimal seconds = (decimal)result.Seconds;
        summary.Total++;
        summary.Time += seconds;

        Send(Starting(result, id));
        Send(Outcome(result, id, seconds));
        Send(new TestFinished
        {
            AssemblyUniqueID = testCase.TestCollection.TestAssembly.UniqueID,
            Attachments = new Dictionary<string, TestAttachment>(),
            ExecutionTime = seconds,
            FinishTime = DateTimeOffset.UtcNow,
            Output = result.Output ?? string.Empty,
            TestCaseUniqueID = testCase.UniqueID,
            TestClassUniqueID = testCase.TestClass.UniqueID,
            TestCollectionUniqueID = testCase.TestCollection.UniqueID,
            TestMethodUniqueID = testCase.TestMethod.UniqueID,
            TestUniqueID = id,
            Warnings = null,
        });
    }

    private TestStarting Starting(PesterResult result, string id) => new()
    {
        AssemblyUniqueID = testCase.TestCollection.TestAssembly.UniqueID,
        Explicit = false,
        StartTime = DateTimeOffset.UtcNow - TimeSpan.FromSeconds(result.Seconds),
        TestCaseUniqueID = testCase.UniqueID,
        TestClassUniqueID = testCase.TestClass.UniqueID,
        TestCollectionUniqueID = testCase.TestCollection.UniqueID,
        TestDisplayName = result.Name,
        TestMethodUniqueID = testCase.TestMethod.UniqueID,
        TestUniqueID = id,
        Timeout = 0,
        Traits = new Dictionary<string, IReadOnlyCollection<string>> { ["Feature"] = result.Tags },
    };

    private TestResultMessage Outcome(PesterResult result, string id, decimal seconds)
    {
        string assembly = testCase.TestCollection.TestAssembly.UniqueID;
        string collection = testCase.TestCollection.UniqueID;
        string type = testCase.TestClass.UniqueID;
        string method = testCase.TestMethod.UniqueID;
        string output = result.Output ?? string.Empty;
        DateTimeOffset now = DateTimeOffset.UtcNow;
        switch (result.Outcome)
        {
            case "Passed":
                return new TestPassed
                {
                    AssemblyUniqueID = assembly,
                    ExecutionTime = seconds,
                    FinishTime = now,
                    Output = output,
                    TestCaseUniqueID = testCase.UniqueID,
                    TestClassUniqueID = type,
                    TestCollectionUniqueID = collection,
                    TestMethodUniqueID = method,
                    TestUniqueID = id,
                    Warnings = null,
                };
            case "Skipped":
                summary.Skipped++;
                return new TestSkipped
                {
                    AssemblyUniqueID = assembly,
                    ExecutionTime = seconds,
                    FinishTime = now,
                    Output = output,
                    Reason = result.Message ?? "No reason is given.",
                    TestCaseUniqueID = testCase.UniqueID,
                    TestClassUniqueID = type,
                    TestCollectionUniqueID = collection,
                    TestMethodUniqueID = method,
                    TestUniqueID = id,
                    Warnings = null,
                };
            default:
                // An outcome that is not known is none to be content with.
                summary.Failed++;
                return new TestFailed
                {
                    AssemblyUniqueID = assembly,
                    Cause = FailureCause.Assertion,
                    ExceptionParentIndices = [-1],
                    ExceptionTypes = ["Pester"],
                    ExecutionTime = seconds,
                    FinishTime = now,
                    Messages = [result.Message ?? $"Pester reports '{result.Outcome}' and says no more."],
                    Output = output,
                    StackTraces = [result.StackTrace],
                    TestCaseUniqueID = testCase.UniqueID,
                    TestClassUniqueID = type,
                    TestCollectionUniqueID = collection,
                    TestMethodUniqueID = method,
                    TestUniqueID = id,
                    Warnings = null,
                };
        }
    }

    private void Send(IMessageSinkMessage message)
    {
        if (!bus.QueueMessage(message))
        {
            cancellation.Cancel();
        }
    }
}

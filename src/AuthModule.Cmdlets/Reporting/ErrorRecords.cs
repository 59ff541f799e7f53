using System;
using System.Management.Automation;

namespace AuthModule.Reporting;

/// <summary>Turns a failure into the record that a script branches on and a person reads. Nothing in it is secret.</summary>
internal static class ErrorRecords
{
    /// <summary>The id of a failure that this module did not foresee: a defect, to be reported.</summary>
    public const string Unexpected = nameof(Unexpected);

    // From 7.5 on PowerShell itself shows the recommended action under the message.
    private static readonly bool HostShowsAction = typeof(PSObject).Assembly.GetName().Version is { } version && version >= new Version(7, 5);

    /// <param name="failure">What happened.</param>
    /// <param name="target">What the call was about, where the failure itself does not name a service; no secret.</param>
    public static ErrorRecord Of(Exception failure, object? target) => failure is AuthException known
        ? Of(known, target)
        : Finish(new ErrorRecord(failure, Unexpected, ErrorCategory.InvalidOperation, target), AuthModule.Errors.VisibleText.Of(failure.Message), "This is a defect of AuthModule: report it with the output of Get-Error.", Unexpected);

    private static ErrorRecord Of(AuthException failure, object? target)
    {
        var record = new ErrorRecord(failure, failure.Code, ErrorCategories.Of(failure.Code), failure.Service ?? target);
        string tag = failure.CorrelationId is { } request ? $"{failure.Code}, request {request}" : failure.Code;
        return Finish(record, failure.Message, failure.RecommendedAction, tag);
    }

    private static ErrorRecord Finish(ErrorRecord record, string message, string action, string tag)
    {
        string advice = $"{action}  [{tag}]";
        record.ErrorDetails = new ErrorDetails(HostShowsAction ? message : $"{message}\n  {advice}") { RecommendedAction = advice };
        return record;
    }
}

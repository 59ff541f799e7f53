using System;
using System.Collections.Generic;

namespace AuthModule.Pester.Support;

/// <summary>One line of the results that Run-Pester.ps1 writes.</summary>
internal sealed record PesterResult
{
    /// <summary>File, blocks and name of the test.</summary>
    public required string Name { get; init; }

    /// <summary><c>Passed</c>, <c>Failed</c> or <c>Skipped</c>.</summary>
    public required string Outcome { get; init; }

    public double Seconds { get; init; }

    /// <summary>Pester's failure text, or why it was skipped.</summary>
    public string? Message { get; init; }

    public string? StackTrace { get; init; }

    public string? Output { get; init; }

    public IReadOnlyList<string> Tags { get; init; } = [];

    public static PesterResult Failure(string name, string message) => new() { Name = name, Outcome = "Failed", Message = message };

    public static PesterResult OfException(Exception failure) =>
        Failure("Pester", $"{failure.GetType().Name}: {failure.Message}") with { StackTrace = failure.StackTrace };
}

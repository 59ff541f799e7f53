using System;

namespace AuthModule.Cli.Terminal;

/// <summary>What a command has to say reaches nobody.</summary>
/// <param name="message">Why.</param>
/// <param name="isBefore">True where that is known before anything was sent.</param>
/// <param name="action">What to do; null gives the advice for an output that takes nothing.</param>
internal sealed class OutputException(string message, bool isBefore, string? action = null) : Exception(message)
{
    public bool IsBefore { get; } = isBefore;

    public string Action => action is not null ? action
        : IsBefore ? "Nothing was sent. Give the output a place that takes it, and call again."
        : "What was got did not get out whole. With --store it is kept: get it from there; else sign in again.";
}

using System.Collections.Generic;
using System.Text.RegularExpressions;

namespace AuthModule.Providers;

/// <summary>Where a service's errors say what is wrong, and which of our ids its own words mean.</summary>
internal sealed record ErrorDescription
{
    /// <summary>Paths to the code.</summary>
    public ReplyPlaces Code { get; init; } = ErrorPlaces.Code;

    /// <summary>Paths to the explanation.</summary>
    public ReplyPlaces Message { get; init; } = ErrorPlaces.Message;

    /// <summary>What makes a 2xx reply an error; null leaves it to what is usual.</summary>
    public Condition? InSuccess { get; init; }

    /// <summary>Looked through in their order before the standard's codes.</summary>
    public IReadOnlyList<ErrorRule> Rules { get; init; } = [];
}

/// <summary>One meaning: all that is given has to fit.</summary>
internal sealed record ErrorRule(string Id, IReadOnlyList<int> Status, string? Code, Regex? Matches, IReadOnlyList<string> Operations)
{
    public bool Fits(string operation, int status, string? code, string? text) =>
        (Operations.Count == 0 || Contains(Operations, operation))
        && (Status.Count == 0 || Contains(Status, status))
        && (Code is null || string.Equals(Code, code, System.StringComparison.OrdinalIgnoreCase))
        && (Matches is null || (text is not null && Matches.IsMatch(text)));

    private static bool Contains<T>(IReadOnlyList<T> list, T wanted)
    {
        foreach (T item in list)
        {
            if (EqualityComparer<T>.Default.Equals(item, wanted))
            {
                return true;
            }
        }

        return false;
    }
}

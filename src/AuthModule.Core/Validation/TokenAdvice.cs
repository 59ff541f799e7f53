namespace AuthModule;

/// <summary>One thing that the best practices advise against in a token that may well be valid.</summary>
public sealed class TokenAdvice
{
    internal TokenAdvice(string rule, string advice, string reference)
    {
        Rule = rule;
        Advice = AuthModule.Errors.VisibleText.Of(advice);
        Reference = reference;
    }

    /// <summary>A stable name of the rule, e.g. <c>LongLife</c>.</summary>
    public string Rule { get; }

    /// <summary>What was found and what to do about it.</summary>
    public string Advice { get; }

    /// <summary>Where the advice comes from, e.g. <c>RFC 8725, section 3.8</c>.</summary>
    public string Reference { get; }

    /// <summary>One line.</summary>
    public override string ToString() => $"{Rule}: {Advice} ({Reference})";
}

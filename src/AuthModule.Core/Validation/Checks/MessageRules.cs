using System;
using AuthModule.Jose.Tokens;
using AuthModule.Text;

namespace AuthModule.Validation.Checks;

/// <summary>What a signed message that is no token calls itself (RFC 8725, section 3.11).</summary>
internal static class MessageRules
{
    private const string Prefix = "application/";

    /// <summary>Null when it may be what is asked for.</summary>
    /// <param name="message">The message.</param>
    /// <param name="type">What its <c>typ</c> has to be; null for <c>JWT</c> or nothing.</param>
    public static TokenCheck? Fault(ParsedToken message, string? type)
    {
        if (!message.Header.TryGetValue("typ", out object? value))
        {
            return type is null ? null : KindRules.Mismatch($"it does not say that it is {type} (typ)");
        }

        string said = (value as string ?? "(not a text)").ToLowerInvariant();
        said = said.StartsWith(Prefix, StringComparison.Ordinal) ? said.Substring(Prefix.Length) : said;
        return said == (type ?? "jwt") ? null : KindRules.Mismatch($"typ {DisplayText.Text(said)} makes it something else than {type ?? "a signed reply"}");
    }
}

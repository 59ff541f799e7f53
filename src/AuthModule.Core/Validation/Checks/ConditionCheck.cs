using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using AuthModule.Jose.Tokens;
using AuthModule.Text;

namespace AuthModule.Validation.Checks;

/// <summary>The user's own rule. It never sees claims that nobody vouches for.</summary>
internal sealed class ConditionCheck : ITokenCheck
{
    public ValueTask<TokenCheck?> RunAsync(ValidationContext context, CancellationToken cancellationToken) =>
        new(context.Rules.Condition is { } condition ? Run(condition, context.ClaimsOrNone, context.IsAuthentic) : null);

    public static TokenCheck Run(Func<IReadOnlyDictionary<string, object?>, bool> condition, IReadOnlyDictionary<string, object?> claims, bool isAuthentic)
    {
        if (!isAuthentic)
        {
            return TokenCheck.NotRun(CheckName.Condition, "the claims are not proved to be the issuer's");
        }

        try
        {
            return condition(PlainValues.Copy(claims))
                ? TokenCheck.Ok(CheckName.Condition, "holds")
                : TokenCheck.Failed(CheckName.Condition, AuthErrorId.ClaimMismatch, "does not hold");
        }
        catch (UnclearAnswerException unclear)
        {
            return TokenCheck.Failed(CheckName.Condition, AuthErrorId.ClaimMismatch, unclear.Message);
        }
#pragma warning disable CA1031 // A rule that breaks has not said yes.
        catch (Exception cause) when (cause is not OperationCanceledException)
        {
            return TokenCheck.Failed(CheckName.Condition, AuthErrorId.ClaimMismatch, $"broke with {cause.GetType().Name}: {DisplayText.Text(cause.Message)}");
        }
#pragma warning restore CA1031
    }
}

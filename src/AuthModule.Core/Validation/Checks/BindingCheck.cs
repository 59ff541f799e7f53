using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;

namespace AuthModule.Validation.Checks;

/// <summary>A token that is bound to a key (<c>cnf</c> with <c>jkt</c>) is not accepted as a bearer token (RFC 9449, section 7.2): whoever stole it sends it like that.</summary>
internal sealed class BindingCheck : ITokenCheck
{
    public ValueTask<TokenCheck?> RunAsync(ValidationContext context, CancellationToken cancellationToken) =>
        new(context.Rules.IsBearer && context.ClaimsOrNone.TryGetValue("cnf", out object? confirmation)
            && confirmation is Dictionary<string, object?> binding && binding.ContainsKey("jkt")
                ? TokenCheck.Failed(CheckName.Binding, AuthErrorId.TokenUseMismatch, "bound to a proof of possession (DPoP), but sent as a bearer token")
                : null);
}

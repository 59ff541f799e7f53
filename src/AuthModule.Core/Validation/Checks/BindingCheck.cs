using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;

namespace AuthModule.Validation.Checks;

/// <summary>
/// A token that is bound to something (<c>cnf</c>, RFC 7800) is no good without it: whoever stole it sends it alone. Bound to a key
/// (<c>jkt</c>) it is not accepted as a bearer token (RFC 9449, section 7.2); bound to a certificate (<c>x5t#S256</c>) it comes with
/// that certificate (RFC 8705, section 3).
/// </summary>
internal sealed class BindingCheck : ITokenCheck
{
    private const string Confirmation = "cnf";
    private const string Key = "jkt";
    private const string Certificate = "x5t#S256";

    public ValueTask<TokenCheck?> RunAsync(ValidationContext context, CancellationToken cancellationToken) => new(Run(context));

    private static TokenCheck? Run(ValidationContext context)
    {
        if (!context.ClaimsOrNone.TryGetValue(Confirmation, out object? value) || value is null)
        {
            return null;
        }

        if (value is not Dictionary<string, object?> binding)
        {
            return Failed("it says that it is bound, and not to what");
        }

        if (context.Rules.IsBearer && binding.ContainsKey(Key))
        {
            return Failed("bound to a proof of possession (DPoP), but sent as a bearer token");
        }

        if (!binding.TryGetValue(Certificate, out object? bound))
        {
            return null;
        }

        if (context.Rules.CallerCertificate is not { } shown)
        {
            return Failed("bound to a certificate, and none was shown; -ClientCertificate takes the one of the caller's connection");
        }

        return bound is string thumbprint && string.Equals(thumbprint, shown, StringComparison.Ordinal)
            ? TokenCheck.Ok(CheckName.Binding, "bound to the certificate that was shown")
            : Failed("bound to another certificate than the one that was shown");
    }

    private static TokenCheck Failed(string reason) => TokenCheck.Failed(CheckName.Binding, AuthErrorId.TokenUseMismatch, reason);
}

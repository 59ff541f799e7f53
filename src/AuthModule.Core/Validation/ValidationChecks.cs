using System.Collections.Generic;
using AuthModule.Validation.Checks;

namespace AuthModule.Validation;

/// <summary>The checks in their order. A new one is one file and one line here.</summary>
internal static class ValidationChecks
{
    /// <summary>Of a JWT.</summary>
    public static IReadOnlyList<ITokenCheck> All { get; } =
    [
        new ShapeCheck(),
        new CriticalHeaderCheck(),
        new AlgorithmCheck(),
        new KeyCheck(),
        new SignatureCheck(),
        new TokenUseCheck(),
        new IssuerCheck(),
        new AudienceCheck(),
        new ClientCheck(),
        new LifetimeCheck(),
        new NonceCheck(),
        new HashCheck(),
        new ScopeCheck(),
        new GroupCheck(),
        new ClaimCheck(),
        new ConditionCheck(),
    ];

    /// <summary>Without keys and network.</summary>
    public static IReadOnlyList<ITokenCheck> Offline { get; } = [new ShapeCheck(), new LifetimeCheck()];
}

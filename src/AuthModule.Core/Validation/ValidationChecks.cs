using System.Collections.Generic;
using AuthModule.Validation.Checks;

namespace AuthModule.Validation;

/// <summary>The checks in their order. A new one is one file and one line here.</summary>
internal static class ValidationChecks
{
    /// <summary>Of a JWT.</summary>
    public static IReadOnlyList<ITokenCheck> All { get; private set; } =
    [
        new ShapeCheck(),
        new EncryptionCheck(),
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
        new AuthenticationCheck(),
        new HashCheck(),
        new BindingCheck(),
        new ScopeCheck(),
        new GroupCheck(),
        new ClaimCheck(),
        new ConditionCheck(),
    ];

    /// <summary>One more, behind the others, for code outside of the engine's sources.</summary>
    public static void Add(ITokenCheck check) => All = [.. All, check];

    /// <summary>Without keys and network: what a token says can only speak against it.</summary>
    public static IReadOnlyList<ITokenCheck> Offline { get; } =
    [
        new ShapeCheck(),
        new EncryptionCheck(),
        new TokenUseCheck(),
        new IssuerCheck(),
        new AudienceCheck(),
        new ClientCheck(),
        new LifetimeCheck(),
        new BindingCheck(),
        new ScopeCheck(),
        new GroupCheck(),
        new ClaimCheck(),
        new ConditionCheck(),
    ];

    /// <summary>Of what the server answers when it is asked about a token.</summary>
    public static IReadOnlyList<ITokenCheck> Introspected { get; } =
    [
        new ActiveCheck(),
        new ReplyUseCheck(),
        new IssuerCheck(),
        new AudienceCheck(),
        new ClientCheck(),
        new LifetimeCheck(),
        new BindingCheck(),
        new ScopeCheck(),
        new GroupCheck(),
        new ClaimCheck(),
        new ConditionCheck(),
    ];
}

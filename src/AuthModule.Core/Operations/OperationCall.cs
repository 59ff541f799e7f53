using System;
using System.Collections.Generic;
using AuthModule.Jose.Dpop;
using AuthModule.Providers;
using AuthModule.Requests;
using AuthModule.Secrets;
using AuthModule.Telemetry;

namespace AuthModule.Operations;

/// <summary>One request to a service, described but not yet sent.</summary>
internal sealed record OperationCall
{
    /// <summary>The grant's or operation's name; error rules refer to it.</summary>
    public required string Name { get; init; }

    /// <summary>As a sentence says it: <c>token request</c>.</summary>
    public required string Title { get; init; }

    /// <summary>What it is for, as an error that misses a part of it says.</summary>
    public string Purpose { get => field ?? $"the {Title}"; init; }

    public required Service Service { get; init; }

    public required OperationDescription Operation { get; init; }

    /// <summary>Puts the values of one sending into the places; called again for a fallback.</summary>
    public required Action<TemplateValues> Fill { get; init; }

    /// <summary>
    /// Places that change what is asked for: where the caller filled one and this form of the request has no field for it,
    /// nothing is sent. A key that was to end is not to come back without an end.
    /// </summary>
    public IReadOnlyList<string> MustCarry { get; init; } = [];

    public string? ClientId { get; init; }

    public ClientCredential Client { get; init; } = ClientCredential.None;

    /// <summary>The token that proves who asks, for operations that need one; by header, see <see cref="OperationCredential.Token"/>.</summary>
    public Secret? Token { get; init; }

    public string TokenType { get; init; } = "Bearer";

    /// <summary>The key that the tokens of this call are bound to (RFC 9449); null for bearer tokens.</summary>
    public DpopKey? ProofKey { get; init; }

    /// <summary>What earlier replies of the session brought that stays.</summary>
    public IReadOnlyList<AuthModule.Tokens.KeptValue> Kept { get; init; } = [];

    /// <summary>What names the person or the key, for headers that carry a token; null where nobody is named.</summary>
    public GrantInput? Input { get; init; }

    /// <summary>A reply that is wanted although it looks like a refusal: it asks for a second factor, or says "not yet".</summary>
    public Condition? Expected { get; init; }

    /// <summary>Works out places in place of the client's key and the clock, where a request is only shown; null otherwise.</summary>
    public Func<string, string?>? Computed { get; init; }

    public bool Repeatable { get; init; } = true;

    /// <summary>Whether the user's own fields (<see cref="Service.ExtraFields"/>, <see cref="Service.SecretFields"/>) are sent besides.</summary>
    public bool SendsExtras { get; init; }

    public ICallLog Log { get; init; } = NoLog.Instance;
}

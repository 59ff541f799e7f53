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

    public bool Repeatable { get; init; } = true;

    /// <summary>Fields of the user's own, sent besides.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> ExtraFields { get; init; } = [];

    public ICallLog Log { get; init; } = NoLog.Instance;
}

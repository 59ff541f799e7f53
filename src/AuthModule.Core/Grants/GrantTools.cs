using AuthModule.Grants.AuthorizationCode;
using AuthModule.Interaction;
using AuthModule.Resolution;

namespace AuthModule.Grants;

/// <summary>What some grants need besides a token request.</summary>
internal sealed record GrantTools
{
    public required EndpointResolver Endpoints { get; init; }

    public required AuthorizationRequestBuilder Authorization { get; init; }

    public required IdTokenVerifier IdTokens { get; init; }

    public required SignedAnswerReader SignedAnswers { get; init; }

    public required IBrowser Browser { get; init; }
}

using System.Threading;
using System.Threading.Tasks;
using AuthModule.Providers;
using AuthModule.Requests;
using AuthModule.Tokens;

namespace AuthModule.Grants;

/// <summary>One way to get a token. One file each; <see cref="GrantRegistry"/> lists them. Holds no state.</summary>
internal interface IGrant
{
    /// <summary>The key in descriptions and <see cref="AuthSession.Grant"/>: the standard's <c>grant_type</c> where there is one.</summary>
    string Name { get; }

    /// <summary>The description's entry that it needs; another way to get to the same grant shares its entry.</summary>
    string DescribedAs { get; }

    /// <summary>As servers advertise it in <c>grant_types_supported</c>; null where they do not.</summary>
    string? AdvertisedAs { get; }

    /// <summary>Why a diagnosis does not try it; null where it can be tried with nobody there and nothing spent.</summary>
    string? ReasonAgainstTrial { get; }

    /// <summary>Whether the caller's input is meant for this grant. Looked at where a call does not name one.</summary>
    bool IsMeantBy(TokenRequest request);

    /// <summary>Whether the same input gets a new token later, with nobody there: what a renewal without a refresh token needs.</summary>
    bool CanRepeat(TokenRequest request);

    /// <summary>The request as the standard has it; a description replaces what differs.</summary>
    OperationDescription Standard { get; }

    Task<TokenSet> AcquireAsync(GrantContext context, CancellationToken cancellationToken);
}

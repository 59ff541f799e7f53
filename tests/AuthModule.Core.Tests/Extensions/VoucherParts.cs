using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using AuthModule.Grants;
using AuthModule.Jose.Tokens;
using AuthModule.Operations;
using AuthModule.Operations.ClientAuthentication;
using AuthModule.Providers;
using AuthModule.Requests;
using AuthModule.Stores;
using AuthModule.Tokens;
using AuthModule.Validation;

namespace AuthModule.Core.Tests.Extensions;

/// <summary>A grant as CONTRIBUTING describes one: one file, and a line that adds it.</summary>
internal sealed class VoucherGrant : IGrant
{
    public string Name => "urn:example:voucher";

    public string DescribedAs => Name;

    public string? AdvertisedAs => Name;

    public string? ReasonAgainstTrial => "a trial would spend the voucher";

    public OperationDescription Standard { get; } = StandardFields.TokenRequest(("grant_type", "urn:example:voucher"), ("voucher", "{assertion}"));

    public bool IsMeantBy(TokenRequest request) => request.Grant == Name;

    public bool CanRepeat(TokenRequest request) => false;

    public Task<TokenSet> AcquireAsync(GrantContext context, CancellationToken cancellationToken) =>
        context.RequestTokenAsync(this, Name, values => values.Set("assertion", context.Request.Input.Assertion!), repeatable: false, cancellationToken);
}

/// <summary>The client's secret in a header of its own.</summary>
internal sealed class HeaderAuthentication : IClientAuthenticationMethod
{
    public string Name => "Header";

    public string Needs => "-ClientSecret";

    public IReadOnlyList<string> MetadataNames { get; } = ["client_secret_header"];

    public bool UsesConnection => true;

    public bool Fits(ClientCredential credential) => credential.Secret is not null;

    public ValueTask ApplyAsync(RequestDraft draft, ClientProof proof, CancellationToken cancellationToken)
    {
        string secret = proof.Credential.Secret!.Reveal();
        proof.Scrubber.Add(secret);
        draft.Headers.Add(new KeyValuePair<string, string>("X-Client-Secret", secret));
        return default;
    }
}

/// <summary>A token with the claim "banned" is refused; of others nothing is asked.</summary>
internal sealed class BannedCheck : ITokenCheck
{
    public ValueTask<TokenCheck?> RunAsync(ValidationContext context, CancellationToken cancellationToken) =>
        new(context.Claims is { } claims && ClaimText.One(claims, "banned") is { } reason
            ? TokenCheck.Failed("Banned", AuthErrorId.ClaimMismatch, DisplayText(reason))
            : null);

    private static string DisplayText(string text) => AuthModule.Text.DisplayText.Text(text);
}

/// <summary>A store that counts what it is asked, in memory.</summary>
internal sealed class CountingStore(TimeProvider clock) : ITokenStore
{
    private readonly MemoryStore inner = new(clock);
    private int calls;

    public int Calls => calls;

    public string Name => "counting";

    public ValueTask<byte[]?> GetAsync(string key, CancellationToken cancellationToken) => Count(inner.GetAsync(key, cancellationToken));

    public ValueTask SetAsync(string key, byte[] value, TimeSpan? lifetime, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref calls);
        return inner.SetAsync(key, value, lifetime, cancellationToken);
    }

    public ValueTask<bool> AddAsync(string key, byte[] value, TimeSpan? lifetime, CancellationToken cancellationToken) => Count(inner.AddAsync(key, value, lifetime, cancellationToken));

    public ValueTask<byte[]?> TakeAsync(string key, CancellationToken cancellationToken) => Count(inner.TakeAsync(key, cancellationToken));

    public ValueTask<bool> RemoveAsync(string key, CancellationToken cancellationToken) => Count(inner.RemoveAsync(key, cancellationToken));

    public ValueTask<IStoreLock> LockAsync(string key, TimeSpan lease, CancellationToken cancellationToken) => Count(inner.LockAsync(key, lease, cancellationToken));

    private ValueTask<T> Count<T>(ValueTask<T> work)
    {
        Interlocked.Increment(ref calls);
        return work;
    }
}

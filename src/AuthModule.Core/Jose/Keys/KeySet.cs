using System;
using System.Collections.Generic;
using AuthModule.Jose.Tokens;
using AuthModule.Text;

namespace AuthModule.Jose.Keys;

/// <summary>The keys of one issuer as they were at one time. Never changes; a reload that brings other keys makes another set.</summary>
internal sealed class KeySet(IReadOnlyList<VerificationKey> keys, string origin, string? issuer, byte[] fingerprint)
{
    private readonly Dictionary<string, VerificationKey[]> byId = GroupById(keys);

    public IReadOnlyList<VerificationKey> Keys => keys;

    /// <summary>Whose keys they are, as reasons say it: an issuer, an address, a file.</summary>
    public string Origin => origin;

    /// <summary>The issuer whose metadata named these keys; null when they came without.</summary>
    public string? Issuer => issuer;

    public bool Has(string keyId) => byId.ContainsKey(keyId);

    public bool IsSameAs(KeySet other) =>
        fingerprint.AsSpan().SequenceEqual(other.Fingerprint) && string.Equals(issuer, other.Issuer, StringComparison.Ordinal);

    /// <summary>By key id; without one by the certificate's thumbprint; without either the only key that fits. Never a key from the token.</summary>
    public KeySearch Find(ParsedToken token, SigningAlgorithm algorithm)
    {
        if (token.Header.ContainsKey("kid"))
        {
            return token.KeyId is { } id && byId.TryGetValue(id, out VerificationKey[]? named)
                ? TheOnlyFitting(named, algorithm, $"key {DisplayText.Text(id)}")
                : KeySearch.NotFound($"{Origin} has no key '{DisplayText.Text(token.KeyId ?? "(not a text)")}'", this);
        }

        string? sha256 = ClaimText.One(token.Header, "x5t#S256");
        string? sha1 = ClaimText.One(token.Header, "x5t");
        if (sha256 is null && sha1 is null)
        {
            return TheOnlyFitting(keys, algorithm, "the token names no key");
        }

        var certified = new List<VerificationKey>();
        foreach (VerificationKey key in keys)
        {
            if (sha256 is not null ? key.CertificateSha256 == sha256 : key.CertificateSha1 == sha1)
            {
                certified.Add(key);
            }
        }

        return certified.Count == 0
            ? KeySearch.NotFound($"{Origin} has no key with the certificate that the token names", this)
            : TheOnlyFitting(certified, algorithm, "the certificate's key");
    }

    private byte[] Fingerprint => fingerprint;

    private KeySearch TheOnlyFitting(IReadOnlyList<VerificationKey> candidates, SigningAlgorithm algorithm, string what)
    {
        VerificationKey? fitting = null;
        string? fault = null;
        VerificationKey? broken = null;
        foreach (VerificationKey key in candidates)
        {
            if (key.IsBroken)
            {
                broken = key;
            }
            else if (KeyFit.Fault(key, algorithm) is { } misfit)
            {
                fault ??= misfit;
            }
            else if (fitting is null)
            {
                fitting = key;
            }
            else
            {
                return KeySearch.NotFound($"{what}, and more than one key of {Origin} fits {algorithm.Name}", this);
            }
        }

        if (fitting is not null)
        {
            return KeySearch.Found(fitting, this);
        }

        return fault is null
            ? KeySearch.NotFound(broken is null ? $"{Origin} has no keys" : $"{broken.Name} of {Origin} is no key: its private half can be computed (CVE-2017-15361)", this)
            : candidates.Count == 1 ? KeySearch.Unfit(fault, Origin, this) : KeySearch.NotFound($"no key of {Origin} fits {algorithm.Name}", this);
    }

    private static Dictionary<string, VerificationKey[]> GroupById(IReadOnlyList<VerificationKey> keys)
    {
        var groups = new Dictionary<string, VerificationKey[]>(StringComparer.Ordinal);
        foreach (VerificationKey key in keys)
        {
            if (key.Id is not null)
            {
                groups[key.Id] = groups.TryGetValue(key.Id, out VerificationKey[]? others) ? [.. others, key] : [key];
            }
        }

        return groups;
    }
}

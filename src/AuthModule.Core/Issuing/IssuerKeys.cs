using System;
using System.Collections.Generic;
using System.Linq;
using AuthModule.Text;
using Microsoft.IdentityModel.JsonWebTokens;

namespace AuthModule.Issuing;

/// <summary>The issuer's signing keys, one for each algorithm, made when first needed and kept in memory only.</summary>
internal sealed class IssuerKeys : IDisposable
{
    public const string DefaultAlgorithm = "RS256";

    private readonly object gate = new();
    private readonly Dictionary<string, IssuerKey> current = new(StringComparer.Ordinal);
    private readonly List<IssuerKey> former = [];
    private readonly string[] algorithms;

    /// <param name="algorithms">Those that the key set shows; the first one signs where no other is asked for.</param>
    public IssuerKeys(params string[] algorithms) =>
        this.algorithms = algorithms.Length > 0 ? algorithms : [DefaultAlgorithm, "ES256"];

    public IReadOnlyList<string> Algorithms => algorithms;

    public IssuerKey Current(string? algorithm = null)
    {
        lock (gate)
        {
            return Get(algorithm ?? algorithms[0]);
        }
    }

    /// <summary>A signed JWT of exactly these claims; null values are left out.</summary>
    public string Sign(IEnumerable<KeyValuePair<string, object?>> claims, string type = "JWT", string? algorithm = null)
    {
        // Times are the caller's: the handler would add ones of the machine's clock.
        var handler = new JsonWebTokenHandler { SetDefaultTimesOnTokenCreation = false };
        return handler.CreateToken(
            JsonText.WriteObject(claims),
            Current(algorithm).Credentials,
            new Dictionary<string, object> { ["typ"] = type });
    }

    /// <summary>The public keys as a JWK set (RFC 7517): those in use, and former ones that were kept.</summary>
    public string ToJwks()
    {
        lock (gate)
        {
            IssuerKey[] keys = [.. algorithms.Select(Get), .. former];
            return JsonText.WriteObject(new Dictionary<string, object?>
            {
                ["keys"] = keys.Select(static key => key.PublicJwk).ToArray(),
            });
        }
    }

    /// <summary>New keys from now on. Former ones stay in the key set unless <paramref name="keepFormer"/> is false.</summary>
    public void Rotate(bool keepFormer = true)
    {
        lock (gate)
        {
            if (!keepFormer)
            {
                former.Clear();
            }
            else
            {
                former.AddRange(current.Values);
            }

            current.Clear();
        }
    }

    public void Dispose()
    {
        lock (gate)
        {
            foreach (IssuerKey key in current.Values.Concat(former))
            {
                key.Dispose();
            }
        }
    }

    private IssuerKey Get(string algorithm)
    {
        if (!current.TryGetValue(algorithm, out IssuerKey? key))
        {
            key = IssuerKey.Create(algorithm);
            current.Add(algorithm, key);
        }

        return key;
    }
}

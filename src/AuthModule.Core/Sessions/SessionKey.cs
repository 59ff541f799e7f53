using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Security.Cryptography;
using System.Text;
using AuthModule.Grants;
using AuthModule.Requests;
using AuthModule.Secrets;

namespace AuthModule.Sessions;

/// <summary>
/// What makes two requests the same credential: service, client, grant, what is asked for, and the secrets that prove it.
/// Only a keyed hash of it is ever kept, so that whoever reads a key cannot try passwords against it.
/// </summary>
internal sealed class SessionKey : IEquatable<SessionKey>
{
    // Sessions of this process only: a store that outlives it hashes with its own key.
    private static readonly byte[] ProcessKey = RandomNumberGenerator.GetBytes(32);

    private readonly string store;

    private SessionKey(string name, string store)
    {
        Name = name;
        this.store = store;
        Jitter = uint.Parse(name.Substring(0, 8), NumberStyles.HexNumber, CultureInfo.InvariantCulture) / (double)uint.MaxValue;
    }

    /// <summary>Lower-case hex, 64 characters.</summary>
    public string Name { get; }

    /// <summary>Between 0 and 1, the same for a session wherever it is: spreads what would happen to all at the same moment.</summary>
    public double Jitter { get; }

    /// <summary>What the session was opened with; null in this process's own store, which nobody lists.</summary>
    public SessionOrigin? Origin { get; private init; }

    /// <summary>That of a session which a store lists.</summary>
    public static SessionKey Of(SessionOrigin origin, string store) => new(origin.KeyName, store) { Origin = origin };

    /// <param name="request">What is asked for, with everything filled in.</param>
    /// <param name="service">Where.</param>
    /// <param name="grant">How.</param>
    /// <param name="hashKey">A store's own key; null for this process.</param>
    /// <param name="store">The identity of the store: the same credential in two stores is two sessions.</param>
    /// <param name="owner">Who alone may find it, where the request holds nothing that proves whose it is; null for everybody with the same request.</param>
    public static SessionKey Of(TokenRequest request, Service service, IGrant grant, byte[]? hashKey = null, string store = "memory", string? owner = null)
    {
        using var bytes = new MemoryStream();
        using (var writer = new BinaryWriter(bytes, Encoding.UTF8))
        {
            Write(writer, request, service, grant.Name);
            writer.Write(owner ?? string.Empty);
        }

        byte[] identity = bytes.ToArray();
        byte[] hash = HMACSHA256.HashData(hashKey ?? ProcessKey, identity);
        Array.Clear(identity, 0, identity.Length);
        string name = Convert.ToHexString(hash).ToLowerInvariant();
        return new SessionKey(name, store) { Origin = hashKey is null ? null : SessionOrigin.Of(request, service, grant, name) };
    }

    /// <summary>
    /// What makes two calls the same before their secrets are read: the same with the names of what they refer to. Good for
    /// finding a session in one table; two processes that say the same may hold different secrets.
    /// </summary>
    public static string OfRequest(TokenRequest request, Service service)
    {
        using var bytes = new MemoryStream();
        using (var writer = new BinaryWriter(bytes, Encoding.UTF8))
        {
            Write(writer, request, service, request.Grant ?? string.Empty);
            foreach (AuthModule.Requests.ProfileSecret secret in request.References)
            {
                writer.Write($"{secret.Field} {secret.Reference.Name}");
            }

            writer.Write(request.Store ?? string.Empty);
        }

        return Convert.ToHexString(HMACSHA256.HashData(ProcessKey, bytes.ToArray()));
    }

    public bool Equals(SessionKey? other) =>
        other is not null && string.Equals(Name, other.Name, StringComparison.Ordinal) && string.Equals(store, other.store, StringComparison.Ordinal);

    public override bool Equals(object? obj) => Equals(obj as SessionKey);

    public override int GetHashCode() => StringComparer.Ordinal.GetHashCode(Name);

    public override string ToString() => Name;

    // Each text with its length in front, so that no two different requests read the same.
    private static void Write(BinaryWriter writer, TokenRequest request, Service service, string grant)
    {
        void Text(string? text) => writer.Write(text is null ? "0" : "1" + text);
        void Hidden(Secret? secret) => Text(secret is null ? null : Convert.ToHexString(SHA256.HashData(secret.RevealUtf8())));
        void Texts(IEnumerable<string> texts)
        {
            foreach (string text in texts.Distinct(StringComparer.Ordinal).OrderBy(text => text, StringComparer.Ordinal))
            {
                Text(text);
            }

            Text(null);
        }

        Text(service.Description.Name);
        Text(service.Authority);
        Text(service.TokenEndpoint);
        Text(service.Issuer);
        Text(grant);
        Text(request.ClientId);
        Texts(request.Scopes);
        Texts(request.Resources);
        Texts(service.Parameters.Concat(service.ExtraFields).Select(parameter => parameter.Key + "=" + parameter.Value));
        Declared(RequestIdentity<ClientCredential>.Of(request.Client));
        Text(request.UseDpop ? "dpop" : null);
        Text(request.SecurityProfile?.ToUpperInvariant());
        Declared(RequestIdentity<GrantInput>.Of(request.Input));

        void Declared(IEnumerable<object?> values)
        {
            foreach (object? value in values)
            {
                if (value is Secret secret)
                {
                    Hidden(secret);
                }
                else
                {
                    Text((string?)value);
                }
            }
        }

        foreach (KeyValuePair<string, Secret> parameter in request.SecretParameters.OrderBy(static parameter => parameter.Key, StringComparer.OrdinalIgnoreCase))
        {
            Text(parameter.Key.ToUpperInvariant());
            Hidden(parameter.Value);
        }
    }
}

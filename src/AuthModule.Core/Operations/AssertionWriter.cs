using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Security.Cryptography;
using AuthModule.Errors;
using AuthModule.Jose.Signing;
using AuthModule.Providers;
using AuthModule.Requests;
using AuthModule.Secrets;

namespace AuthModule.Operations;

/// <summary>Makes the JWTs that a description describes (RFC 7519), signed with the client's key, its certificate's, or its secret.</summary>
internal sealed class AssertionWriter(ClientCredential client, TimeProvider clock)
{
    private ClientKey? key;

    /// <summary>Read once for a request, anew for each: a key that was exchanged in its file is taken at once.</summary>
    /// <exception cref="ConfigurationException">MissingParameter: the client has no key; InvalidKey, InvalidCertificate.</exception>
    public ClientKey Key => key ??= client.KeyFile is { } file ? KeyFile.Read(file, client.KeyPassword)
        : client.Certificate is { } certificate ? ClientKey.Of(certificate)
        : throw AuthError.Missing("-ClientKey or -ClientCertificate", "the key with which the client signs");

    public string Write(AssertionDescription description, TemplateValues values)
    {
        long now = clock.GetUtcNow().ToUnixTimeSeconds();
        long issuedAt = now - description.Backdate;
        (string algorithm, string? id, Func<byte[], byte[]> sign) = Signer(description);
        var header = new List<KeyValuePair<string, object?>>
        {
            new("alg", algorithm),
            new("typ", "JWT"),
        };
        Add(header, description.Header, values);
        AddMissing(header, "kid", id);
        var claims = new List<KeyValuePair<string, object?>>();
        Add(claims, description.Claims, values);
        AddMissing(claims, "iat", issuedAt);
        AddMissing(claims, "nbf", description.HasNotBefore ? issuedAt : null);
        AddMissing(claims, "exp", issuedAt + description.Lifetime);
        string token = JwtWriter.Write(header, claims, sign);
        values.Mask(token);
        return token;
    }

    private (string Algorithm, string? Id, Func<byte[], byte[]> Sign) Signer(AssertionDescription description)
    {
        if (description.Algorithms.FirstOrDefault(name => name.StartsWith("HS", StringComparison.Ordinal)) is { } symmetric && client.Secret is { } secret && client.KeyFile is null && client.Certificate is null)
        {
            return (symmetric, null, data => Hash(symmetric, secret, data));
        }

        ClientKey own = Key;
        string algorithm = own.Choose(description.Algorithms.FirstOrDefault(own.CanSignWith) ?? description.Algorithms.FirstOrDefault(), offered: null);
        return (algorithm, own.Id, data => own.Sign(algorithm, data));
    }

    private static byte[] Hash(string algorithm, Secret secret, byte[] data)
    {
        using HMAC hmac = algorithm switch
        {
            "HS256" => new HMACSHA256(secret.RevealUtf8()),
            "HS384" => new HMACSHA384(secret.RevealUtf8()),
            _ => new HMACSHA512(secret.RevealUtf8()),
        };
        return hmac.ComputeHash(data);
    }

    private static void Add(List<KeyValuePair<string, object?>> members, IReadOnlyList<FieldDescription> described, TemplateValues values)
    {
        foreach (FieldDescription field in described)
        {
            if (field.Fill(values) is { } value)
            {
                members.RemoveAll(member => member.Key == field.Name);
                members.Add(new KeyValuePair<string, object?>(field.Name, AsNumber(field, value)));
            }
        }
    }

    // RFC 7519, section 2: times are numbers.
    private static object AsNumber(FieldDescription field, object value) =>
        (field.Name is "iat" or "exp" or "nbf") && value is string text && long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out long number) ? number : value;

    private static void AddMissing(List<KeyValuePair<string, object?>> members, string name, object? value)
    {
        if (value is not null && !members.Any(member => member.Key == name))
        {
            members.Add(new KeyValuePair<string, object?>(name, value));
        }
    }
}

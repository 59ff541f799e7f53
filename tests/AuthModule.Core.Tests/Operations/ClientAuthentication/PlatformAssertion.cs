using System;
using System.IO;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using AuthModule.Text;

namespace AuthModule.Core.Tests.Operations.ClientAuthentication;

/// <summary>An assertion as a platform hands it out, written without the code under test.</summary>
internal static class PlatformAssertion
{
    public static string Write(string keyFile, string subject, string audience, string? issuer = null)
    {
        using ECDsa key = ECDsa.Create();
        key.ImportFromPem(File.ReadAllText(keyFile));
        long now = DateTimeOffset.UtcNow.ToUnixTimeSeconds();
        string text = Part(new { alg = "ES256", typ = "JWT" }) + "." + Part(new
        {
            iss = issuer ?? subject,
            sub = subject,
            aud = audience,
            iat = now,
            exp = now + 60,
            jti = Guid.NewGuid().ToString(),
        });
        return $"{text}.{Base64Url.Encode(key.SignData(Encoding.ASCII.GetBytes(text), HashAlgorithmName.SHA256))}";
    }

    private static string Part(object value) => Base64Url.Encode(JsonSerializer.SerializeToUtf8Bytes(value));
}

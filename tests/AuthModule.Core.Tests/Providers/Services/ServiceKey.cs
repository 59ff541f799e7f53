using System;
using System.IO;
using System.Security.Cryptography;
using System.Text;
using AuthModule.Text;

namespace AuthModule.Core.Tests.Providers.Services;

/// <summary>A client's key file, and the public half with which a service reads what it signed.</summary>
internal sealed class ServiceKey : IDisposable
{
    private readonly AsymmetricAlgorithm key;

    private ServiceKey(AsymmetricAlgorithm key)
    {
        this.key = key;
        Pem = key.ExportPkcs8PrivateKeyPem();
        Path = Write(Pem);
    }

    /// <summary>A PEM file with the private key.</summary>
    public string Path { get; private set; }

    public string Pem { get; }

    public static ServiceKey NewRsa() => new(RSA.Create(2048));

    public static ServiceKey NewEc() => new(ECDsa.Create(ECCurve.NamedCurves.nistP256));

    /// <summary>The file as a service hands it out, in place of the plain PEM.</summary>
    /// <param name="text">What the file holds, given the PEM as a JSON text.</param>
    public ServiceKey As(Func<string, string> text)
    {
        File.Delete(Path);
        Path = Write(text(System.Text.Json.JsonSerializer.Serialize(Pem)));
        return this;
    }

    /// <summary>SHA-256 of the public half, in base64.</summary>
    public string Fingerprint() => Convert.ToBase64String(SHA256.HashData(key.ExportSubjectPublicKeyInfo()));

    /// <summary>Header and claims of a JWT as they were written; the test fails where the key did not sign it.</summary>
    public (string Header, string Claims) Open(string jwt)
    {
        string[] parts = jwt.Split('.');
        string header = Encoding.UTF8.GetString(Decoded(parts[0]));
        byte[] data = Encoding.ASCII.GetBytes($"{parts[0]}.{parts[1]}");
        byte[] signature = Decoded(parts[2]);
        Assert.True(key switch
        {
            RSA rsa => rsa.VerifyData(data, signature, HashAlgorithmName.SHA256, header.Contains("\"PS256\"", StringComparison.Ordinal) ? RSASignaturePadding.Pss : RSASignaturePadding.Pkcs1),
            _ => ((ECDsa)key).VerifyData(data, signature, HashAlgorithmName.SHA256),
        });
        return (header, Encoding.UTF8.GetString(Decoded(parts[1])));
    }

    public void Dispose()
    {
        File.Delete(Path);
        key.Dispose();
    }

    private static byte[] Decoded(string part) => Base64Url.TryDecode(part, out byte[] bytes) ? bytes : throw new FormatException("This is no base64url.");

    private static string Write(string text)
    {
        string path = System.IO.Path.Combine(System.IO.Path.GetTempPath(), System.IO.Path.GetRandomFileName());
        File.WriteAllText(path, text);
        return path;
    }
}

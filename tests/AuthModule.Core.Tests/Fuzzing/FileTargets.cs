using System;
using System.Collections.Generic;
using System.IO;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using AuthModule.Errors;
using AuthModule.Http;
using AuthModule.Jose.Encryption;
using AuthModule.Jose.Keys;
using AuthModule.Jose.Signing;
using AuthModule.Platform;
using AuthModule.Profiles;
using AuthModule.Profiles.Secrets;
using AuthModule.Providers;
using AuthModule.Stores.Encryption;
using AuthModule.Telemetry;
using AuthModule.TestKit.Files;
using AuthModule.TestKit.Jwts;
using AuthModule.Text;

namespace AuthModule.Core.Tests.Fuzzing;

/// <summary>Files that users name: descriptions, keys, certificates.</summary>
internal static class FileTargets
{
    public static IEnumerable<FuzzTarget> All =>
    [
        FuzzTarget.OfBytes(
            "provider description",
            [.. Array.ConvertAll(RepositoryFiles.In("examples/providers", "*.json"), File.ReadAllBytes), .. Array.ConvertAll(RepositoryFiles.In("src/AuthModule.Core/Providers/BuiltIn", "*.json"), File.ReadAllBytes)],
            static bytes => DescriptionReader.Read(bytes, "fuzz.json"),
            AuthErrorId.InvalidProvider),
        FuzzTarget.OfBytes(
            "profiles",
            [Encoding.UTF8.GetBytes("""{"profiles":{"nightly":{"provider":"oidc","authority":"id.example","clientId":"n","clientSecret":{"env":"A"},"scope":["a b","c"],"parameter":{"realm":"r"},"tokenDuration":"7d","store":"file"},"key":{"authority":"https://id.example","clientId":"k","clientKey":"key.pem","clientKeyPassword":{"command":["op","read"]}},"vault":{"provider":"pynomaly","apiKey":{"vault":"v","secret":"s"}}}}""")],
            static bytes => ProfileReader.Read(bytes, "profiles.json", ProcessEnvironment.Instance),
            AuthErrorId.InvalidProfile),
        OfFile("private key file", PrivateKeys(), static path => KeyFile.Read(path), 0.25, AuthErrorId.InvalidKey),
        OfFile("decryption key file", [Encoding.UTF8.GetBytes(PrivateJwk())], static path => DecryptionKeyFile.Read(path), 0.25, AuthErrorId.InvalidKey),
        OfFile("certificate authority file", Certificates(), static path => CertificateFile.ReadAuthorities(path), 0.25, AuthErrorId.InvalidCertificate),
        OfFile(
            "key set file",
            [TestIssuer.Shared.Jwks],
            static path => new FileKeySource(path, null, TimeProvider.System).GetAsync(NoLog.Instance, CancellationToken.None).AsTask().GetAwaiter().GetResult(),
            0.1,
            AuthErrorId.InvalidKey),
        OfFile("key file of a store", [StoreKeyText()], static path => StoreKeyFile.ReadOrCreate(path), 0.25, AuthErrorId.InvalidKey),
        FuzzTarget.OfBytes(
            "secret of a file or a program",
            ["s3cret\n"u8.ToArray(), [0xEF, 0xBB, 0xBF, .. "gr\u00fc\u00df\r\n"u8], "\n"u8.ToArray(), [0xFF, 0xFE, 0x61, 0x00]],
            static bytes =>
            {
                // Taken apart and cleared by its reader.
                bool isSeed = bytes.AsSpan().SequenceEqual("\n"u8);
                if (SecretText.Read([.. bytes]) is not { Length: > 0 } && !isSeed)
                {
                    throw AuthError.Create(AuthErrorId.InvalidProfile, "There is no secret in it.");
                }
            },
            AuthErrorId.InvalidProfile),
    ];

    private static FuzzTarget OfFile(string name, byte[][] seeds, Action<string> read, double share, params string[] ids) => new(name, seeds, bytes =>
    {
        using var folder = new TestFolder();
        string path = folder.File("input");
        try
        {
            File.WriteAllBytes(path, bytes);
            if (!OperatingSystem.IsWindows())
            {
                File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
            }

            read(path);
            return Task.CompletedTask;
        }
        finally
        {
            File.Delete(path);
        }
    })
    {
        Ids = ids,
        Share = share,
    };

    private static byte[][] PrivateKeys()
    {
        using RSA rsa = RSA.Create(2048);
        using ECDsa ec = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        return
        [
            Encoding.ASCII.GetBytes(rsa.ExportPkcs8PrivateKeyPem()),
            Encoding.ASCII.GetBytes(rsa.ExportRSAPrivateKeyPem()),
            Encoding.ASCII.GetBytes(ec.ExportECPrivateKeyPem()),
            Encoding.ASCII.GetBytes(ec.ExportPkcs8PrivateKeyPem()),
            Encoding.UTF8.GetBytes(PrivateJwk()),
            NewCertificate(rsa).Export(X509ContentType.Pkcs12),
        ];
    }

    private static byte[] StoreKeyText()
    {
        using var folder = new TestFolder();
        string path = folder.File("key");
        try
        {
            StoreKeyFile.ReadOrCreate(path);
            return File.ReadAllBytes(path);
        }
        finally
        {
            File.Delete(path);
        }
    }

    private static byte[][] Certificates()
    {
        using RSA rsa = RSA.Create(2048);
        using X509Certificate2 certificate = NewCertificate(rsa);
        string pem = certificate.ExportCertificatePem();
        return [certificate.RawData, Encoding.ASCII.GetBytes(pem), Encoding.ASCII.GetBytes("Subject: test\n" + pem + "\n" + pem)];
    }

    private static X509Certificate2 NewCertificate(RSA key) =>
        new CertificateRequest("CN=fuzz", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1).CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));

    private static string PrivateJwk()
    {
        using ECDsa ec = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        ECParameters key = ec.ExportParameters(includePrivateParameters: true);
        static string Part(byte[] bytes) => Base64Url.Encode(bytes);
        return $$"""{"kty":"EC","crv":"P-256","kid":"k1","x":"{{Part(key.Q.X!)}}","y":"{{Part(key.Q.Y!)}}","d":"{{Part(key.D!)}}"}""";
    }
}

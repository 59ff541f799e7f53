using System.Collections.Generic;
using System.Text;
using AuthModule.Jose.Keys;
using AuthModule.TestKit.Jwts;
using AuthModule.TestKit.Time;

namespace AuthModule.Core.Tests.Validation;

/// <summary>The token tries to choose how it is verified.</summary>
internal static class AlgorithmAttacks
{
    public static void Add(AttackList list)
    {
        foreach (string none in (string[])["none", "None", "NONE", "nOnE", "nONE", "none ", " none", "", "null"])
        {
            list.Add($"alg '{none}' without a signature", AuthErrorId.AlgorithmNotAllowed, clock => Unsigned(clock, none));
            list.AddSigned($"alg '{none}' with a signature", AuthErrorId.AlgorithmNotAllowed, (header, _) => header["alg"] = none);
        }

        list.AddSigned("alg missing", AuthErrorId.AlgorithmNotAllowed, (header, _) => header.Remove("alg"));
        list.AddSigned("alg is a number", AuthErrorId.AlgorithmNotAllowed, (header, _) => header["alg"] = 256);
        list.AddSigned("alg is a list", AuthErrorId.AlgorithmNotAllowed, (header, _) => header["alg"] = new[] { "RS256" });
        list.AddSigned("alg is null", AuthErrorId.AlgorithmNotAllowed, (header, _) => header["alg"] = null);
        list.AddSigned("alg in another case", AuthErrorId.AlgorithmNotAllowed, (header, _) => header["alg"] = "rs256");
        list.AddSigned("alg that nobody knows", AuthErrorId.AlgorithmNotAllowed, (header, _) => header["alg"] = "RS257");
        list.AddSigned("alg of SHA-1", AuthErrorId.AlgorithmNotAllowed, (header, _) => header["alg"] = "RS1");
        list.AddSigned("alg of encryption", AuthErrorId.AlgorithmNotAllowed, (header, _) => header["alg"] = "RSA-OAEP");
        list.AddSigned("alg dir", AuthErrorId.AlgorithmNotAllowed, (header, _) => header["alg"] = "dir");
        list.AddSigned("alg of another curve family (ES256K)", AuthErrorId.AlgorithmNotAllowed, (header, _) => header["alg"] = "ES256K");
        list.AddSigned("allowed only PS256, sent RS256", AuthErrorId.AlgorithmNotAllowed, (_, _) => { }, rules => rules with { AllowedAlgorithms = ["PS256"] });

        foreach (string hmac in (string[])["HS256", "HS384", "HS512"])
        {
            list.Add($"{hmac} with the public key's PEM as the secret", AuthErrorId.AlgorithmNotAllowed, clock => WithPublicKey(clock, hmac, Pem()));
            list.Add($"{hmac} with the public key's DER as the secret", AuthErrorId.AlgorithmNotAllowed, clock => WithPublicKey(clock, hmac, AttackList.Issuer.Rsa.Rsa!.ExportSubjectPublicKeyInfo()));
            list.Add($"{hmac} with the modulus as the secret", AuthErrorId.AlgorithmNotAllowed, clock => WithPublicKey(clock, hmac, AttackList.Issuer.Rsa.Rsa!.ExportParameters(false).Modulus!));
        }

        list.Add("HS256 with an empty secret", AuthErrorId.AlgorithmNotAllowed, clock => WithPublicKey(clock, "HS256", []));
        list.Add(
            "HS256 with the public key where an endpoint has a secret of its own",
            AuthErrorId.SignatureInvalid,
            clock => WithPublicKey(clock, "HS256", Pem()),
            rules => rules with { HmacSecret = new SecretKeySource(new byte[32]) });
        list.Add(
            "HS256 with a secret too short to be one",
            AuthErrorId.AlgorithmNotAllowed,
            clock => WithPublicKey(clock, "HS256", Encoding.ASCII.GetBytes("changeme")),
            rules => rules with { HmacSecret = new SecretKeySource(Encoding.ASCII.GetBytes("changeme")) });
        list.AddSigned(
            "RS256 where only a secret is trusted",
            AuthErrorId.AlgorithmNotAllowed,
            (_, _) => { },
            rules => rules with { Keys = null, Issuers = [TestIssuer.Name], HmacSecret = new SecretKeySource(new byte[32]) });
    }

    private static string Unsigned(ManualTimeProvider clock, string algorithm) =>
        Forge.Part(Forge.Json(TestIssuer.Header(algorithm, "r1"))) + "." + Forge.Part(Forge.Json(TestIssuer.Claims(clock))) + ".";

    private static string WithPublicKey(ManualTimeProvider clock, string algorithm, byte[] secret) =>
        Forge.Token(TestIssuer.Header(algorithm, "r1"), TestIssuer.Claims(clock), SigningKey.FromSecret(secret));

    private static byte[] Pem() => Encoding.ASCII.GetBytes(AttackList.Issuer.Rsa.Rsa!.ExportSubjectPublicKeyInfoPem());
}

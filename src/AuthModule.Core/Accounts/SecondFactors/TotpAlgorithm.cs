namespace AuthModule.Accounts.SecondFactors;

/// <summary>The hash of a time-based code; the names are those of otpauth URIs.</summary>
internal enum TotpAlgorithm
{
    Sha1,
    Sha256,
    Sha512,
}

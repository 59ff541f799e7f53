namespace AuthModule.TestServer.Dialects;

/// <summary>Documents and code of the imitated services differ: which of the two is spoken.</summary>
internal enum DialectVariant
{
    Documented,
    AsCoded,
}

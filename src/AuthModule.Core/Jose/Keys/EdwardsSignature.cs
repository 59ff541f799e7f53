#if NETSTANDARD2_0
namespace AuthModule.Jose.Keys;

/// <summary>Ed25519 (RFC 8032): the .NET Framework has no way to it.</summary>
internal sealed class EdwardsSignature : KeySignature
{
    public EdwardsSignature(byte[] publicKey) => _ = publicKey;

    public static bool IsSupported => false;

    public override bool Verifies(SigningAlgorithm algorithm, byte[] data, int length, byte[] signature) => false;
}
#else
using System;
using System.Runtime.InteropServices;

namespace AuthModule.Jose.Keys;

/// <summary>
/// Ed25519 (RFC 8032, RFC 8037). .NET has no class for it, but where .NET's own cryptography stands on OpenSSL (Linux, or
/// another system that has it), OpenSSL verifies it. Elsewhere it is not supported, and such tokens are refused.
/// </summary>
internal sealed class EdwardsSignature(byte[] publicKey) : KeySignature
{
    private const int Ed25519 = 1087; // NID_ED25519

    private static readonly Lazy<Library?> OpenSsl = new(Library.TryLoad);

    private delegate IntPtr NewPublicKey(int type, IntPtr engine, byte[] key, nuint length);

    private delegate void Free(IntPtr pointer);

    private delegate IntPtr New();

    private delegate int VerifyInit(IntPtr context, IntPtr keyContext, IntPtr digest, IntPtr engine, IntPtr key);

    private delegate int Verify(IntPtr context, byte[] signature, nuint signatureLength, byte[] data, nuint dataLength);

    public static bool IsSupported => OpenSsl.Value is not null;

    public override bool Verifies(SigningAlgorithm algorithm, byte[] data, int length, byte[] signature)
    {
        if (OpenSsl.Value is not { } library || length > data.Length)
        {
            return false;
        }

        IntPtr key = library.NewPublicKey(Ed25519, IntPtr.Zero, publicKey, (nuint)publicKey.Length);
        if (key == IntPtr.Zero)
        {
            return false;
        }

        IntPtr context = library.NewContext();
        try
        {
            return context != IntPtr.Zero
                && library.VerifyInit(context, IntPtr.Zero, IntPtr.Zero, IntPtr.Zero, key) == 1
                && library.Verify(context, signature, (nuint)signature.Length, data, (nuint)length) == 1;
        }
        finally
        {
            library.FreeContext(context);
            library.FreeKey(key);
        }
    }

    private sealed class Library
    {
        private static readonly string[] Names = ["libcrypto.so.3", "libcrypto.so.1.1", "libcrypto.3.dylib"];

        private Library(IntPtr handle)
        {
            NewPublicKey = Function<NewPublicKey>(handle, "EVP_PKEY_new_raw_public_key");
            FreeKey = Function<Free>(handle, "EVP_PKEY_free");
            NewContext = Function<New>(handle, "EVP_MD_CTX_new");
            FreeContext = Function<Free>(handle, "EVP_MD_CTX_free");
            VerifyInit = Function<VerifyInit>(handle, "EVP_DigestVerifyInit");
            Verify = Function<Verify>(handle, "EVP_DigestVerify");
        }

        public NewPublicKey NewPublicKey { get; }

        public Free FreeKey { get; }

        public New NewContext { get; }

        public Free FreeContext { get; }

        public VerifyInit VerifyInit { get; }

        public Verify Verify { get; }

        public static Library? TryLoad()
        {
            foreach (string name in Names)
            {
                // Only from the system's own folders: a library beside a script is not the platform.
                if (NativeLibrary.TryLoad(name, typeof(Library).Assembly, DllImportSearchPath.System32, out IntPtr handle))
                {
                    try
                    {
                        return new Library(handle);
                    }
                    catch (EntryPointNotFoundException)
                    {
                        // Older than 1.1.1: the next one may do.
                    }
                }
            }

            return null;
        }

        private static T Function<T>(IntPtr handle, string name)
            where T : Delegate => Marshal.GetDelegateForFunctionPointer<T>(NativeLibrary.GetExport(handle, name));
    }
}
#endif

using System;

namespace AuthModule.Text;

/// <summary>An address whose text can be copied: <see cref="Uri"/> shows its escapes as what they stand for, and what is pasted is another address.</summary>
internal sealed class CopyableUri(string address) : Uri(address)
{
    /// <inheritdoc/>
    public override string ToString() => AbsoluteUri;
}

using System;
using System.Collections.Generic;

namespace AuthModule.Secrets;

/// <summary>Masks known secrets in texts that come from outside: servers echo what they were sent.</summary>
internal sealed class SecretScrubber
{
    // Shorter ones would mask common words and tell by that what the secret is.
    private const int ShortestMasked = 4;

    private readonly List<string> secrets = [];

    public void Add(string? secret)
    {
        if (secret is { Length: >= ShortestMasked })
        {
            secrets.Add(secret);
            string escaped = Uri.EscapeDataString(secret);
            if (!string.Equals(escaped, secret, StringComparison.Ordinal))
            {
                secrets.Add(escaped);
                secrets.Add(Wire.FormText.Encode(secret));
            }
        }
    }

    public string Scrub(string text)
    {
        foreach (string secret in secrets)
        {
            text = text.Replace(secret, Secret.Mask, StringComparison.Ordinal);
        }

        return text;
    }
}

using System;
using System.Collections.Generic;

namespace AuthModule.Secrets;

/// <summary>Masks known secrets in texts that come from outside: servers echo what they were sent.</summary>
internal sealed class SecretScrubber
{
    // Shorter ones would mask common words and tell by that what the secret is.
    private const int ShortestMasked = 4;

    // Long enough that hardly any other word is hit.
    private const int ShortestCore = 8;

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
                AddCores(secret);
            }
        }
    }

    // What no encoding changes: a server may echo a secret escaped twice, as JSON, as HTML or in the wrong charset.
    private void AddCores(string secret)
    {
        int start = 0;
        for (int i = 0; i <= secret.Length; i++)
        {
            if (i < secret.Length && IsUnreserved(secret[i]))
            {
                continue;
            }

            if (i - start >= ShortestCore)
            {
                secrets.Add(secret.Substring(start, i - start));
            }

            start = i + 1;
        }
    }

    // RFC 3986, section 2.3.
    private static bool IsUnreserved(char letter) => letter is (>= 'a' and <= 'z') or (>= 'A' and <= 'Z') or (>= '0' and <= '9') or '-' or '.' or '_' or '~';

    public string Scrub(string text)
    {
        foreach (string secret in secrets)
        {
            text = text.Replace(secret, Secret.Mask, StringComparison.Ordinal);
        }

        return text;
    }
}

using System;
using System.Collections.Generic;
using System.Linq;
using AuthModule.Http;
using AuthModule.Json;
using AuthModule.Providers;
using AuthModule.Secrets;
using AuthModule.Tokens;

namespace AuthModule.Operations;

/// <summary>Takes out of a reply what its description keeps.</summary>
internal static class ReplyKeeper
{
    // They become addresses and headers: nobody needs more, and a store keeps them.
    private const int LongestValue = 16 * 1024;

    /// <exception cref="AuthServiceException">MalformedResponse: one that is required is not there, or one that no request can carry.</exception>
    public static IReadOnlyList<KeptValue> Read(ReplyDocument document, IReadOnlyList<KeepDescription> wanted)
    {
        if (wanted.Count == 0)
        {
            return [];
        }

        var kept = new List<KeptValue>(wanted.Count);
        foreach (KeepDescription keep in wanted)
        {
            string? text = TextOf(document, keep);
            if (string.IsNullOrEmpty(text))
            {
                if (keep.IsRequired)
                {
                    throw JsonReply.Malformed(document.Reply, $"a reply without '{string.Join("' or '", keep.From.Paths.Select(path => path.Source))}', which the description keeps as '{keep.Name}'");
                }

                continue;
            }

            if (text!.Length > LongestValue || text.Any(char.IsControl))
            {
                throw JsonReply.Malformed(document.Reply, $"a value for '{keep.Name}' that no later request can carry");
            }

            if (keep.IsSecret)
            {
                document.Reply.Request.Scrubber.Add(text);
            }

            kept.Add(new KeptValue(keep.Name, keep.IsSecret ? null : text, keep.IsSecret ? Secret.From(text) : null));
        }

        return kept;
    }

    private static string? TextOf(ReplyDocument document, KeepDescription keep)
    {
        string? text = document.Find(keep.From) is { } value ? JsonPath.Text(value) ?? JsonPath.Scalar(value) : null;
        if (text is null || !keep.IsAddress)
        {
            return text;
        }

        return Uri.TryCreate(document.Reply.Request.Url, text, out Uri? address) && (address.Scheme is "https" or "http")
            ? address.AbsoluteUri
            : throw JsonReply.Malformed(document.Reply, $"a value for '{keep.Name}' that is not an address");
    }
}

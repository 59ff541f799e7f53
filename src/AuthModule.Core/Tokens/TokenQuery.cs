using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using AuthModule.Providers;
using AuthModule.Secrets;
using AuthModule.Text;

namespace AuthModule.Tokens;

/// <summary>What carries a token in the address of a call, for services that read it nowhere else. RFC 6750, section 2.3 warns of it: addresses are logged.</summary>
internal static class TokenQuery
{
    /// <summary>The address with what the description puts behind it; a parameter that is there already is left as it is.</summary>
    /// <param name="url">Of the call.</param>
    /// <param name="description">Of the service.</param>
    /// <param name="tokenType">Tells tokens from API keys.</param>
    /// <param name="values">For the places.</param>
    /// <param name="scrubber">Takes what went into the address.</param>
    public static Uri AddTo(Uri url, ProviderDescription description, string tokenType, TemplateValues values, SecretScrubber scrubber)
    {
        IReadOnlyList<FieldDescription> fields = string.Equals(tokenType, TokenHeaders.ApiKeyType, StringComparison.Ordinal) ? description.ApiKeyQuery : description.TokenQuery;
        if (fields.Count == 0)
        {
            return url;
        }

        string[] there = [.. FormText.Read(url.Query.TrimStart('?')).Select(field => field.Key)];
        var query = new StringBuilder(url.Query.TrimStart('?'));
        foreach (FieldDescription field in fields.Where(field => !there.Contains(field.Name)))
        {
            if (field.Template!.Fill(values) is { } value)
            {
                string encoded = FormText.Encode(value);
                scrubber.Add(encoded);
                query.Append(query.Length > 0 ? "&" : string.Empty).Append(FormText.Encode(field.Name)).Append('=').Append(encoded);
            }
        }

        return new UriBuilder(url) { Query = query.ToString() }.Uri;
    }
}

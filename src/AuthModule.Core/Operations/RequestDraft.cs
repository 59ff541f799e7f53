using System;
using System.Collections.Generic;
using System.Linq;
using System.Net.Http;
using AuthModule.Http;
using AuthModule.Providers;
using AuthModule.Text;

namespace AuthModule.Operations;

/// <summary>A request while its parts come together: fields and headers in their order, not yet encoded.</summary>
internal sealed class RequestDraft
{
    /// <summary>Values are texts, lists of texts (several fields of one name), numbers or flags.</summary>
    public List<KeyValuePair<string, object>> Fields { get; } = [];

    public List<KeyValuePair<string, string>> Headers { get; } = [];

    public bool HasField(string name) => Fields.Any(field => string.Equals(field.Key, name, StringComparison.Ordinal));

    public void Add(string name, object value) => Fields.Add(new KeyValuePair<string, object>(name, value));

    public void AddDescribed(IEnumerable<FieldDescription> fields, TemplateValues values)
    {
        foreach (FieldDescription field in fields)
        {
            if (field.Template is not { } template)
            {
                Add(field.Name, field.Literal!);
            }
            else if (template.IsList)
            {
                string[] items = [.. template.FillAll(values)];
                if (items.Length > 0)
                {
                    Add(field.Name, items);
                }
            }
            else if (template.Fill(values) is { } text)
            {
                Add(field.Name, text);
            }
        }
    }

    public void AddDescribedHeaders(IEnumerable<FieldDescription> headers, TemplateValues values)
    {
        foreach (FieldDescription header in headers)
        {
            string? value = header.Template is { } template ? template.Fill(values) : JsonScalar(header.Literal!);
            if (value is not null)
            {
                Headers.Add(new KeyValuePair<string, string>(header.Name, value));
            }
        }
    }

    /// <summary>Puts the fields where the encoding says.</summary>
    public Uri AddressFor(Uri endpoint, FieldEncoding encoding)
    {
        if (encoding != FieldEncoding.Query || Fields.Count == 0)
        {
            return endpoint;
        }

        string query = FormText.Write(FlatFields());
        return new UriBuilder(endpoint)
        {
            Query = endpoint.Query.Length > 1 ? endpoint.Query.Substring(1) + "&" + query : query,
        }.Uri;
    }

    public void WriteTo(WireRequest request, FieldEncoding encoding)
    {
        foreach (KeyValuePair<string, string> header in Headers)
        {
            request.SetHeader(header.Key, header.Value);
        }

        if (encoding == FieldEncoding.Form && request.Method != HttpMethod.Get)
        {
            request.SetBody(FormText.ContentType, FormText.Write(FlatFields()));
        }
        else if (encoding == FieldEncoding.Json)
        {
            request.SetBody("application/json", JsonText.WriteBytes(Fields.Select(field => new KeyValuePair<string, object?>(field.Key, field.Value))));
        }
    }

    private static string JsonScalar(object value) => value switch
    {
        bool flag => flag ? "true" : "false",
        _ => Convert.ToString(value, System.Globalization.CultureInfo.InvariantCulture)!,
    };

    private IEnumerable<KeyValuePair<string, string>> FlatFields()
    {
        foreach (KeyValuePair<string, object> field in Fields)
        {
            if (field.Value is string[] items)
            {
                foreach (string item in items)
                {
                    yield return new KeyValuePair<string, string>(field.Key, item);
                }
            }
            else
            {
                yield return new KeyValuePair<string, string>(field.Key, field.Value as string ?? JsonScalar(field.Value));
            }
        }
    }
}

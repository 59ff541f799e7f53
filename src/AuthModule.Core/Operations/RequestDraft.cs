using System;
using System.Collections.Generic;
using System.Linq;
using System.Net.Http;
using AuthModule.Http;
using AuthModule.Providers;
using AuthModule.Requests;
using AuthModule.Secrets;
using AuthModule.Text;

namespace AuthModule.Operations;

/// <summary>A request while its parts come together: fields and headers in their order, not yet encoded.</summary>
internal sealed class RequestDraft
{
    /// <summary>Values are texts, lists of them (several fields of one name), numbers or flags; in JSON objects too.</summary>
    public List<KeyValuePair<string, object>> Fields { get; } = [];

    public List<KeyValuePair<string, string>> Headers { get; } = [];

    /// <summary>A body that is a text; null where fields make it.</summary>
    public string? Body { get; set; }

    /// <summary>Of the body, in place of the encoding's own.</summary>
    public string? ContentType { get; set; }

    public bool HasField(string name) => Fields.Any(field => string.Equals(field.Key, name, StringComparison.Ordinal));

    public void Add(string name, object value) => Fields.Add(new KeyValuePair<string, object>(name, value));

    public void AddDescribed(IEnumerable<FieldDescription> fields, TemplateValues values)
    {
        foreach (FieldDescription field in fields)
        {
            if (field.Fill(values) is { } value)
            {
                Add(field.Name, value);
            }
        }
    }

    /// <summary>The user's own fields. The scrubber of the request knows the secrets of the service.</summary>
    public void AddExtras(Service service)
    {
        foreach (KeyValuePair<string, string> extra in service.ExtraFields)
        {
            Add(extra.Key, extra.Value);
        }

        foreach (KeyValuePair<string, Secret> secret in service.SecretFields)
        {
            Add(secret.Key, secret.Value.Reveal());
        }
    }

    /// <param name="headers">As described.</param>
    /// <param name="values">For their places.</param>
    /// <param name="method">Of the request, where some are sent with certain methods only; null takes them all.</param>
    public void AddDescribedHeaders(IEnumerable<FieldDescription> headers, TemplateValues values, string? method = null)
    {
        foreach (FieldDescription header in headers)
        {
            if (header.IsSentWith(method) && HeaderValue(header, values) is { } value)
            {
                Headers.Add(new KeyValuePair<string, string>(header.Name, value));
            }
        }
    }

    /// <summary>Null where it is left out.</summary>
    public static string? HeaderValue(FieldDescription header, TemplateValues values) =>
        header.Template is { } template ? template.Fill(values) : JsonScalar(header.Literal!);

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

        switch (encoding)
        {
            case FieldEncoding.Form when request.Method != HttpMethod.Get:
                request.SetBody(ContentType ?? FormText.ContentType, FormText.Write(FlatFields()));
                break;
            case FieldEncoding.Json:
                request.SetBody(ContentType ?? "application/json", JsonText.WriteBytes(Fields.Select(field => new KeyValuePair<string, object?>(field.Key, field.Value))));
                break;
            case FieldEncoding.Text when Body is { } body:
                request.SetBody(ContentType ?? TextBody.ContentType, body);
                break;
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
            if (field.Value is object[] items)
            {
                foreach (object item in items)
                {
                    yield return new KeyValuePair<string, string>(field.Key, item as string ?? JsonScalar(item));
                }
            }
            else
            {
                yield return new KeyValuePair<string, string>(field.Key, field.Value as string ?? JsonScalar(field.Value));
            }
        }
    }
}

using System.Linq;
using AuthModule.Json;

namespace AuthModule.Providers;

/// <summary>Holds a request to what its method and encoding can send: what would be left out without a word is refused.</summary>
internal static class RequestCheck
{
    /// <param name="source">The request.</param>
    /// <param name="operation">As it was read.</param>
    /// <param name="written">The encoding that the file has; null where it has none.</param>
    public static void Check(LocatedObject source, OperationDescription operation, FieldEncoding? written)
    {
        if (operation.Method == "GET" && (written is FieldEncoding.Form or FieldEncoding.Json or FieldEncoding.Text))
        {
            source.Report("encoding", "is that of a body, and GET carries none; use query");
        }

        if (written == FieldEncoding.Text && operation.Body.Count == 0)
        {
            source.Report("body", "is missing: encoding text sends it");
        }

        if (operation.Body.Count > 0 && written != FieldEncoding.Text)
        {
            source.Report("body", "has an effect with encoding text only");
        }

        if (operation.Fields is { Count: > 0 } && (written is FieldEncoding.Text or FieldEncoding.None))
        {
            source.Report("fields", $"has no effect with encoding {(written == FieldEncoding.Text ? "text" : "none")}");
        }

        if (operation.ContentType is { } type && (operation.Encoding is FieldEncoding.Query or FieldEncoding.None || !type.Contains('/')))
        {
            source.Report("contentType", type.Contains('/') ? "has no effect without a body" : $"'{type}' is not a media type");
        }

        if (written != FieldEncoding.Json)
        {
            foreach (FieldDescription nested in (operation.Fields ?? []).Where(IsNested))
            {
                source.Report("fields", $"'{nested.Name}' is {(nested.Members is null ? "a list with objects or lists in it" : "an object")}, which only encoding json can send");
            }
        }
    }

    private static bool IsNested(FieldDescription field) =>
        field.Members is not null || field.Items?.Any(item => item.Members is not null || item.Items is not null) == true;
}

using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using AuthModule.TestServer.Hosting;

namespace AuthModule.TestServer.Pages;

/// <summary>One line of the list of requests. It is made of what the log has, which holds no secret.</summary>
internal sealed record RequestView(string Time, string Method, string Path, string Fields, int Status)
{
    private const int LongestFields = 300;

    public static RequestView Of(ServedRequest served)
    {
        IEnumerable<string> parts = served.Query.Concat(served.Fields).Select(static field => $"{field.Name}={field.Value}");
        if (served.AuthorizationScheme is { } scheme && Schemes.Contains(scheme))
        {
            parts = parts.Prepend($"Authorization: {scheme}");
        }

        if (served.Headers.ContainsKey("DPoP"))
        {
            parts = parts.Append("with DPoP proof");
        }

        string fields = string.Join("  ", parts);
        return new RequestView(
            served.Time.ToLocalTime().ToString("HH:mm:ss", CultureInfo.InvariantCulture),
            served.Method,
            served.Path,
            fields.Length > LongestFields ? fields[..LongestFields] + "..." : fields,
            served.Status);
    }

    // A header that is no scheme and value could be a secret as a whole.
    private static readonly string[] Schemes = ["Basic", "Bearer", "DPoP"];

    public Dictionary<string, object?> Members => new()
    {
        ["time"] = Time,
        ["method"] = Method,
        ["path"] = Path,
        ["fields"] = Fields,
        ["status"] = Status,
    };
}

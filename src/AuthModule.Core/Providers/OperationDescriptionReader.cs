using System;
using System.Collections.Generic;
using System.Linq;
using AuthModule.Json;

namespace AuthModule.Providers;

/// <summary>Reads the requests of a description: its <c>grants</c> and <c>operations</c>, and those inside of them.</summary>
internal static class OperationDescriptionReader
{
    private static readonly string[] Methods = ["GET", "POST", "PUT", "PATCH", "DELETE"];
    private static readonly string[] Encodings = ["form", "json", "query", "text", "none"];
    private static readonly string[] Credentials = ["none", "client", "token"];
    private static readonly string[] TokenKinds = ["access", "refresh"];

    public static IReadOnlyList<KeyValuePair<string, OperationDescription>> ReadAll(LocatedObject root, string name) =>
    [
        .. root.Map(name)
            .Where(member => member.Value.Kind != LocatedKind.Null && !member.Key.StartsWith('$'))
            .Select(member => new KeyValuePair<string, OperationDescription>(member.Key, Read(new LocatedObject(member.Value, root.Reading), name))),
    ];

    /// <summary>A request inside another one: it proves nothing unless it says so, and has no requests of its own around it.</summary>
    public static OperationDescription ReadInner(LocatedObject source)
    {
        OperationDescription inner = ReadRequest(source) with { Needs = ReadNeeds(source) };
        source.RefuseOthers();
        return inner with { Credential = inner.Credential ?? OperationCredential.None, Encoding = inner.Encoding ?? FieldEncoding.Form };
    }

    private static OperationDescription Read(LocatedObject source, string kind)
    {
        bool isGrant = kind == "grants";
        RefuseWithoutEffect(source, isGrant, isGrant ? ["ends", "result"] : ["renewWith", "token", "before", "after", "challenge", "reply"]);
        OperationDescription operation = ReadRequest(source) with
        {
            Fallback = source.Object("fallback") is { } fallback ? ReadFallback(fallback, kind) : null,
            RenewWith = source.Text("renewWith"),
            Token = FieldReader.ReadTemplate(source, "token"),
            Before = ReadList(source, "before"),
            After = ReadList(source, "after"),
            Challenge = ChallengeReader.Read(source),
            Ends = source.Has("ends") ? ReadEnds(source) : null,
            Result = ReadResult(source),
        };
        if (operation.Token is not null)
        {
            foreach (string field in new[] { "endpoint", "method", "encoding", "fields", "body", "contentType", "headers", "credential", "before", "after", "challenge", "fallback" }.Where(source.Has))
            {
                source.Report(field, "has no effect beside token, with which nothing is sent");
            }
        }

        source.RefuseOthers();
        return operation;
    }

    private static void RefuseWithoutEffect(LocatedObject source, bool isGrant, string[] fields)
    {
        foreach (string field in fields.Where(source.Has))
        {
            source.Report(field, isGrant ? "has no effect in a grant" : "has an effect in grants only");
        }
    }

    private static OperationDescription ReadRequest(LocatedObject source)
    {
        string? method = source.Word("method", Methods);
        FieldEncoding? encoding = source.Word("encoding", Encodings) is { } word ? (FieldEncoding)Array.IndexOf(Encodings, word) : null;
        var operation = new OperationDescription
        {
            Endpoint = ReadEndpoint(source),
            Method = method,
            Encoding = encoding ?? (method == "GET" ? FieldEncoding.Query : null),
            Fields = FieldReader.ReadFields(source, "fields"),
            Body = FieldReader.ReadChoice(source, "body").Templates,
            ContentType = source.Text("contentType"),
            Headers = FieldReader.ReadHeaders(source, "headers"),
            Credential = source.Word("credential", Credentials) is { } credential ? (OperationCredential)Array.IndexOf(Credentials, credential) : null,
            Reply = source.Object("reply") is { } reply ? ReplyDescriptionReader.Read(reply) : null,
        };
        RequestCheck.Check(source, operation, encoding);
        return operation;
    }

    private static string? ReadEndpoint(LocatedObject source)
    {
        string? endpoint = source.Text("endpoint");
        if (endpoint is not null && source.Find("endpoint") is { } value)
        {
            if (OperationDescription.IsAddress(endpoint))
            {
                return FieldReader.Parse(value, source.Reading).Source is { Length: > 0 } address ? address : null;
            }

            source.Reading?.Note(value, new EndpointName(endpoint));
        }

        return endpoint;
    }

    // Noted as a place, so that a misspelt name is found like that of any other.
    private static IReadOnlyList<string> ReadNeeds(LocatedObject source)
    {
        IReadOnlyList<string> needs = source.Texts("needs");
        foreach (string name in needs)
        {
            try
            {
                source.Reading?.Note(source.Find("needs")!, Template.Parse($"{{{name}}}"));
            }
            catch (FormatException fault)
            {
                source.Report("needs", fault.Message);
            }
        }

        return needs;
    }

    private static List<OperationDescription> ReadList(LocatedObject source, string name) =>
        [.. source.List(name).Select(item => ReadInner(new LocatedObject(item, source.Reading)))];

    private static IReadOnlyDictionary<string, ReplyPlaces>? ReadResult(LocatedObject source)
    {
        if (source.Object("result") is not { } result)
        {
            return null;
        }

        foreach (KeyValuePair<string, LocatedJson> member in source.Map("result").Where(member => !EntryNames.Results.Contains(member.Key) && !member.Key.StartsWith('$')))
        {
            result.Report(member.Key, $"is not a name of a part{NearName.Hint(member.Key, EntryNames.Results)}; there are {string.Join(", ", EntryNames.Results)}");
        }

        return source.Map("result").Where(member => !member.Key.StartsWith('$')).ToDictionary(
            member => member.Key, member => PlaceReader.ReadTexts(result, member.Key), StringComparer.Ordinal);
    }

    private static IReadOnlyList<string> ReadEnds(LocatedObject source)
    {
        IReadOnlyList<string> ends = source.Texts("ends");
        if (ends.FirstOrDefault(kind => !TokenKinds.Contains(kind)) is { } other)
        {
            source.Report("ends", $"'{other}' is not one of {string.Join(", ", TokenKinds)}");
        }

        return ends;
    }

    private static FallbackDescription ReadFallback(LocatedObject source, string kind)
    {
        IReadOnlyList<int> on = ErrorRulesReader.Statuses(source, "on");
        if (!source.Has("on"))
        {
            source.Report("on", "is missing: name the statuses after which this form is tried");
        }

        return new FallbackDescription(on, Read(source, kind));
    }
}

/// <summary>The name of an endpoint as an operation has it.</summary>
internal sealed record EndpointName(string Name);

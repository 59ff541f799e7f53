using System;
using System.Linq;

namespace AuthModule.Core.Tests.Validation;

/// <summary>Header or payload that two readers would read differently, or that one would choke on; all of it signed by the issuer.</summary>
internal static class JsonAttacks
{
    private const string Malformed = AuthErrorId.TokenMalformed;

    public static void Add(AttackList list)
    {
        list.AddText("claim twice", Malformed, Same, payload => Insert(payload, "\"sub\":\"root\","));
        list.AddText("claim twice, once escaped", Malformed, Same, payload => Insert(payload, "\"\\u0073ub\":\"root\","));
        list.AddText("claim twice further inside", Malformed, Same, payload => Insert(payload, "\"x\":{\"a\":1,\"a\":2},"));
        list.AddText("claim twice inside a list", Malformed, Same, payload => Insert(payload, "\"x\":[{\"a\":1,\"a\":2}],"));
        list.AddText("alg twice", Malformed, header => Insert(header, "\"alg\":\"none\","), Same);
        list.AddText("kid twice", Malformed, header => Insert(header, "\"kid\":\"e1\","), Same);
        list.AddText("payload is a list", Malformed, Same, payload => $"[{payload}]");
        list.AddText("payload is a text", Malformed, Same, _ => "\"admin\"");
        list.AddText("payload is null", Malformed, Same, _ => "null");
        list.AddText("header is a list", Malformed, header => $"[{header}]", Same);
        list.AddText("header is empty", Malformed, _ => string.Empty, Same);
        list.AddText("payload cut short", Malformed, Same, payload => payload[..^1]);
        list.AddText("two payloads", Malformed, Same, payload => payload + payload);
        list.AddText("something behind the payload", Malformed, Same, payload => payload + "x");
        list.AddText("something behind the header", Malformed, header => header + "{}", Same);
        list.AddText("a comment", Malformed, Same, payload => "/**/" + payload);
        list.AddText("a comma too many", Malformed, Same, payload => payload[..^1] + ",}");
        list.AddText("single quotes", Malformed, Same, payload => payload.Replace('"', '\''));
        list.AddText("nested 100,000 levels deep", Malformed, Same, payload => Insert(payload, "\"x\":" + new string('[', 20_000) + new string(']', 20_000) + ","));
        list.AddText("objects nested 33 levels deep", Malformed, Same, payload => Insert(payload, "\"x\":" + string.Concat(Enumerable.Repeat("{\"x\":", 33)) + "1" + new string('}', 33) + ","));
        list.AddText("header nested deep", Malformed, header => Insert(header, "\"x\":" + new string('[', 5_000) + new string(']', 5_000) + ","), Same);
        list.AddText("NaN", Malformed, Same, payload => Insert(payload, "\"x\":NaN,"));
        list.AddText("Infinity", Malformed, Same, payload => Insert(payload, "\"x\":-Infinity,"));
        list.AddText("a number beyond all", Malformed, Same, payload => Insert(payload, "\"x\":1e400,"));
        list.AddText("half of a surrogate pair", Malformed, Same, payload => Insert(payload, "\"x\":\"\\ud800\","));
        list.AddText("half of a surrogate pair as a name", Malformed, Same, payload => Insert(payload, "\"\\udc00\":1,"));
        list.AddText("a control character in a text", Malformed, Same, payload => Insert(payload, "\"x\":\"\u0001\","));
        list.AddText("unknown crit", Malformed, header => Insert(header, "\"crit\":[\"exp\"],\"exp\":1,"), Same);
        list.AddText("crit with b64", Malformed, header => Insert(header, "\"crit\":[\"b64\"],\"b64\":false,"), Same);
        list.AddText("empty crit", Malformed, header => Insert(header, "\"crit\":[],"), Same);
        list.AddText("crit is a text", Malformed, header => Insert(header, "\"crit\":\"exp\","), Same);
        list.AddText("crit is null", Malformed, header => Insert(header, "\"crit\":null,"), Same);
    }

    private static string Same(string json) => json;

    private static string Insert(string json, string member) => "{" + member + json[1..];
}

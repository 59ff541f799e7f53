using System.Text;
using AuthModule.Json;

namespace AuthModule.Core.Tests.Json;

[Trait("Feature", "U7")]
public sealed class JsonTextEditTests
{
    [Theory]
    [InlineData("{\n  \"a\": {\n    \"x\": 1 // one\n  }\n}", "{\n  \"a\": {\n    \"x\": 1,\n    \"y\": {\n      \"k\": 2\n    } // one\n  }\n}")]
    [InlineData("{\n  \"a\": {}\n}", "{\n  \"a\": {\n    \"y\": {\n      \"k\": 2\n    }\n  }\n}")]
    [InlineData("{ \"a\": { \"x\": 1 } }", "{ \"a\": { \"x\": 1, \"y\": {\n  \"k\": 2\n} } }")]
    [InlineData("{\n  \"a\": {\n    \"x\": 1,\n  },\n}", "{\n  \"a\": {\n    \"x\": 1,\n    \"y\": {\n      \"k\": 2\n    },\n  },\n}")]
    [InlineData("{\n  \"a\": {\n    \"y\": 7, /* old */\n    \"x\": 1\n  }\n}", "{\n  \"a\": {\n    \"y\": {\n      \"k\": 2\n    }, /* old */\n    \"x\": 1\n  }\n}")]
    [InlineData("{\r\n  \"a\": {\r\n    \"x\": 1\r\n  }\r\n}", "{\r\n  \"a\": {\r\n    \"x\": 1,\r\n    \"y\": {\r\n      \"k\": 2\r\n    }\r\n  }\r\n}")]
    public void A_member_is_set_and_every_other_byte_stays(string before, string after) =>
        Assert.Equal(after, Text(JsonTextEdit.Set(Encoding.UTF8.GetBytes(before), ["a", "y"], "{\n  \"k\": 2\n}")));

    [Theory]
    [InlineData("{ \"a\": { \"x\": 1, \"y\": [2, 3], \"z\": 4 } }", "{ \"a\": { \"x\": 1, \"z\": 4 } }")]
    [InlineData("{ \"a\": { \"x\": 1, \"y\": {\"q\":\"}\"} } }", "{ \"a\": { \"x\": 1 } }")]
    [InlineData("{ \"a\": { \"x\": 1, \"y\": 2, } }", "{ \"a\": { \"x\": 1, } }")]
    [InlineData("{ \"a\": { \"y\": 2, } }", "{ \"a\": {} }")]
    [InlineData("{ \"a\": { \"x\": { \"y\": 1 } } }", "{ \"a\": { \"x\": { \"y\": 1 } } }")]
    public void A_member_is_taken_away_and_what_is_left_is_JSON(string before, string after)
    {
        byte[] changed = JsonTextEdit.Remove(Encoding.UTF8.GetBytes(before), ["a", "y"]);
        Assert.Equal(after, Text(changed));
        LocatedJson.Parse(changed);
    }

    [Fact]
    public void A_name_with_letters_of_its_own_is_found_and_written()
    {
        byte[] text = JsonTextEdit.Set("{ \"a\": {} }"u8.ToArray(), ["a", "Zürich \"2\""], "1");
        Assert.Contains("\"Zürich \\\"2\\\"\": 1", Text(text), System.StringComparison.Ordinal);
        Assert.Contains("\"Zürich \\\"2\\\"\": 2", Text(JsonTextEdit.Set(text, ["a", "Zürich \"2\""], "2")), System.StringComparison.Ordinal);
    }

    private static string Text(byte[] utf8) => Encoding.UTF8.GetString(utf8);
}

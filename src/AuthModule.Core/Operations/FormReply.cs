using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using AuthModule.Text;

namespace AuthModule.Operations;

/// <summary>A form as a reply, read as an object of texts; of a field that is there twice the first counts.</summary>
internal static class FormReply
{
    public static JsonElement Read(string text) => JsonText.Element(
        FormText.Read(text.Trim()).GroupBy(field => field.Key).Select(field => new KeyValuePair<string, object?>(field.Key, field.First().Value)));
}

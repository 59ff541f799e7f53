using System;
using System.Collections;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text;
using System.Text.Json;
using AuthModule.Errors;
using AuthModule.Json;

namespace AuthModule.Requests;

/// <summary>The <c>claims</c> parameter (OpenID Connect Core, section 5.5): which claims are wanted where, one by one.</summary>
internal static class ClaimsRequestText
{
    private const string Advice = "Give JSON or a hashtable such as @{ userinfo = @{ email = $null }; id_token = @{ acr = @{ essential = $true } } }.";
    private const int MaxLevels = 8;

    /// <summary>The same text, once it was found to be what servers take.</summary>
    /// <exception cref="AuthenticationException">InvalidRequest.</exception>
    public static string Of(string json)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(json);
        try
        {
            if (StrictJson.FaultOf(bytes, MaxLevels) is { } unfit)
            {
                throw Unfit($"is {unfit}");
            }

            using JsonDocument document = JsonDocument.Parse(bytes);
            if (document.RootElement.ValueKind != JsonValueKind.Object)
            {
                throw Unfit("is no JSON object");
            }

            foreach (JsonProperty place in document.RootElement.EnumerateObject())
            {
                if (place.Value.ValueKind != JsonValueKind.Object)
                {
                    throw Unfit("has a member that is no object: it says where the claims are wanted, 'id_token' or 'userinfo', and there which");
                }
            }

            return json;
        }
        catch (JsonException)
        {
            throw Unfit("is no JSON");
        }
    }

    /// <summary>Of dictionaries, lists, texts, numbers, booleans and null, which means that the claim is wanted and nothing more.</summary>
    /// <exception cref="AuthenticationException">InvalidRequest.</exception>
    public static string Of(IDictionary wanted)
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            Write(writer, wanted, 0);
        }

        return Of(Encoding.UTF8.GetString(buffer.ToArray()));
    }

    private static void Write(Utf8JsonWriter writer, object? value, int level)
    {
        if (level > MaxLevels)
        {
            throw Unfit("is nested too deep");
        }

        switch (value)
        {
            case null:
                writer.WriteNullValue();
                break;
            case string text:
                writer.WriteStringValue(text);
                break;
            case bool flag:
                writer.WriteBooleanValue(flag);
                break;
            case IDictionary members:
                writer.WriteStartObject();
                foreach (DictionaryEntry member in members)
                {
                    writer.WritePropertyName(Convert.ToString(member.Key, CultureInfo.InvariantCulture)!);
                    Write(writer, member.Value, level + 1);
                }

                writer.WriteEndObject();
                break;
            case IEnumerable list:
                writer.WriteStartArray();
                foreach (object? item in list.Cast<object?>())
                {
                    Write(writer, item, level + 1);
                }

                writer.WriteEndArray();
                break;
            case sbyte or byte or short or ushort or int or uint or long:
                writer.WriteNumberValue(Convert.ToInt64(value, CultureInfo.InvariantCulture));
                break;
            default:
                throw Unfit($"holds a {value.GetType().Name}, which has no form in it");
        }
    }

    private static AuthException Unfit(string fault) => AuthError.Create(AuthErrorId.InvalidRequest, $"-Claims {fault}; nothing was sent.", Advice);
}

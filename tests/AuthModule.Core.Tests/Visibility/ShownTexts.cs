using System;
using System.Collections;
using System.Collections.Generic;
using System.Reflection;
using System.Security;

namespace AuthModule.Core.Tests.Visibility;

/// <summary>Every text that a view, a list of all properties or a conversion to text would show of an object.</summary>
internal static class ShownTexts
{
    private const int Deepest = 8;

    public static IReadOnlyList<(string Place, string Text)> Of(object shown)
    {
        var texts = new List<(string, string)>();
        Walk(shown, shown.GetType().Name, 0, texts);
        return texts;
    }

    private static void Walk(object? value, string place, int depth, List<(string Place, string Text)> texts)
    {
        switch (value)
        {
            case null or SecureString or MemberInfo or Assembly:
                return;
            case string text:
                texts.Add((place, text));
                return;
            case Exception failure:
                texts.Add((place + ".Message", failure.Message));
                Walk(failure.InnerException, place + ".InnerException", depth + 1, texts);
                break;
            case IEnumerable items:
                foreach (object? item in items)
                {
                    Walk(item, place + "[]", depth + 1, texts);
                }

                return;
        }

        Type type = value.GetType();
        if (type.IsPrimitive || type.IsEnum || depth > Deepest)
        {
            return;
        }

        texts.Add((place + ".ToString()", Lines(value.ToString() ?? string.Empty, value)));
        if (type.Namespace?.StartsWith("AuthModule", StringComparison.Ordinal) != true && !type.Name.StartsWith("KeyValuePair", StringComparison.Ordinal))
        {
            return;
        }

        foreach (PropertyInfo property in type.GetProperties(BindingFlags.Public | BindingFlags.Instance))
        {
            if (property.GetIndexParameters().Length == 0 && property.DeclaringType != typeof(Exception))
            {
                Walk(property.GetValue(value), $"{place}.{property.Name}", depth + 1, texts);
            }
        }
    }

    // An exception's text is lines of its own: its messages, and where it happened.
    private static string Lines(string text, object value) =>
        value is Exception ? text.Replace("\r", string.Empty, StringComparison.Ordinal).Replace("\n", string.Empty, StringComparison.Ordinal) : text;
}

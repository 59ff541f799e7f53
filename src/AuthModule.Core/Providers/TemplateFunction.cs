using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;
using AuthModule.Errors;
using AuthModule.Text;

namespace AuthModule.Providers;

/// <summary>
/// What a template works out of places: <c>{basic:a,b}</c>, <c>{base64:a}</c>, <c>{base64url:a}</c>, <c>{number:a}</c>,
/// <c>{seconds:a}</c>; and what is worked out for the one request: <c>{jwt:NAME}</c>, <c>{endpoint:NAME}</c>.
/// </summary>
internal sealed class TemplateFunction
{
    public const string Jwt = "jwt:";
    public const string Endpoint = "endpoint:";

    private static readonly string[] Known = ["basic", "base64", "base64url", "number", "seconds", "jwt", "endpoint"];

    private readonly string name;
    private readonly string[] arguments;

    private TemplateFunction(string name, string[] arguments)
    {
        this.name = name;
        this.arguments = arguments;
    }

    /// <summary>The places that it takes; <c>jwt:NAME</c> and <c>endpoint:NAME</c> are places themselves.</summary>
    public IEnumerable<string> Names => IsComputed ? [$"{name}:{arguments[0]}"] : arguments.Where(argument => argument.Length > 0);

    /// <summary>Whether JSON has a number for it.</summary>
    public bool IsNumber => name is "number" or "seconds";

    private bool IsComputed => name is "jwt" or "endpoint";

    /// <exception cref="FormatException">No such function, or not as many arguments as it takes.</exception>
    public static TemplateFunction Parse(string name, string inside, string source)
    {
        if (!Known.Contains(name))
        {
            throw new FormatException($"'{name}' in '{source}' is not a function; there are {string.Join(", ", Known)}");
        }

        string[] arguments = inside.Split(',');
        int wanted = name == "basic" ? 2 : 1;
        bool isWhole = arguments.Length == wanted && arguments.All(argument => argument.All(TemplatePart.IsNameLetter)) && arguments.Any(argument => argument.Length > 0);
        return isWhole
            ? new TemplateFunction(name, arguments)
            : throw new FormatException($"'{name}' in '{source}' takes {(wanted == 1 ? "the name of one place" : "the names of two places, of which one may be left empty")}");
    }

    /// <summary>Null where a place has no value and that is allowed.</summary>
    /// <exception cref="ConfigurationException">MissingParameter; InvalidRequest, InvalidDuration: a value that is no whole number, no duration.</exception>
    public string? Fill(TemplateValues values, bool isOptional)
    {
        if (IsComputed)
        {
            return values.Find($"{name}:{arguments[0]}");
        }

        var found = new List<string>(arguments.Length);
        foreach (string argument in arguments)
        {
            string? value = argument.Length == 0 ? string.Empty : values.Find(argument);
            if (value is null)
            {
                return isOptional ? null : throw values.Missing(argument);
            }

            found.Add(value);
        }

        if (IsNumber)
        {
            return Number(found[0].Trim());
        }

        byte[] bytes = Encoding.UTF8.GetBytes(string.Join(":", found));
        string text = name == "base64url" ? Base64Url.Encode(bytes) : Convert.ToBase64String(bytes);
        values.Mask(text);
        return text;
    }

    private string Number(string value)
    {
        if (long.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long number))
        {
            return number.ToString(CultureInfo.InvariantCulture);
        }

        string given = ParameterNames.Of(arguments[0]);
        return name != "seconds" ? throw AuthError.Create(AuthErrorId.InvalidRequest, $"{given} has to be a whole number.")
            : DurationText.Read(value) is { } duration ? ((long)duration.TotalSeconds).ToString(CultureInfo.InvariantCulture)
            : throw AuthError.Create(AuthErrorId.InvalidDuration, $"{given} is neither a number of seconds nor a duration such as 30m, 12h or 7d.");
    }
}

using System;
using System.Collections.Generic;
using AuthModule.Errors;
using AuthModule.Secrets;

namespace AuthModule.Providers;

/// <summary>
/// What the places of a description's templates are filled with. Secrets stay <see cref="Secret"/> until a template takes
/// them, and each one taken is noted, so that it can be masked in whatever the server echoes.
/// </summary>
internal sealed class TemplateValues(string service, SecretScrubber scrubber)
{
    private const int UsualValues = 16;

    private readonly Dictionary<string, object> values = new(UsualValues, StringComparer.OrdinalIgnoreCase);

    public string Service { get; } = service;

    /// <summary>What they are for, as an error that misses one says it behind "for"; null where nobody says.</summary>
    public string? Purpose { get; set; }

    public void Set(string name, string? value)
    {
        if (!string.IsNullOrEmpty(value))
        {
            values[name] = value!;
        }
    }

    public void Set(string name, Secret? value)
    {
        if (value is not null)
        {
            values[name] = value;
        }
    }

    public void Set(string name, IReadOnlyList<string>? list)
    {
        if (list is { Count: > 0 })
        {
            values[name] = list;
        }
    }

    public void Remove(string name) => values.Remove(name);

    /// <summary>Works out what is asked for by name and was not set: assertions, endpoints, what a key says of itself. Null where nothing does.</summary>
    public Func<string, string?>? Computed { get; set; }

    /// <summary>Masks what was made of a secret.</summary>
    public void Mask(string text) => scrubber.Add(text);

    public bool Has(string name) => values.ContainsKey(name);

    public string? Find(string name)
    {
        switch (values.GetValueOrDefault(name))
        {
            case string text:
                return text;
            case Secret secret:
                string plain = secret.Reveal();
                scrubber.Add(plain);
                return plain;
            case IReadOnlyList<string> list:
                return string.Join(" ", list);
            default:
                return Computed?.Invoke(name);
        }
    }

    public IEnumerable<string> FindAll(string name) =>
        values.GetValueOrDefault(name) is IReadOnlyList<string> list ? list : Find(name) is { } one ? [one] : [];

    public AuthException Missing(string name) =>
        AuthError.Missing(ParameterNames.Of(name), Purpose is null ? $"{Service} needs it" : $"{Service} needs it for {Purpose}");
}

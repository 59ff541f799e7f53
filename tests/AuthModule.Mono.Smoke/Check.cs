using AuthModule.Json;
using AuthModule.Text;
using AuthModule.Jose.Tokens;
using AuthModule.Platform;
using System;
using System.Collections.Generic;
using System.Threading.Tasks;

namespace AuthModule.Mono.Smoke;

/// <summary>How checks are written.</summary>
internal static class Check
{
    public static KeyValuePair<string, Func<Task>> That(string name, Func<Task> holds) => new(name, holds);

    public static KeyValuePair<string, Func<Task>> That(string name, Action holds) => new(name, () =>
    {
        holds();
        return Task.CompletedTask;
    });

    public static void Equal<T>(T expected, T found)
    {
        if (!EqualityComparer<T>.Default.Equals(expected, found))
        {
            throw new InvalidOperationException($"expected {expected}, found {found}");
        }
    }

    public static void Equal(byte[] expected, byte[] found) => Equal(BitConverter.ToString(expected), BitConverter.ToString(found));
}

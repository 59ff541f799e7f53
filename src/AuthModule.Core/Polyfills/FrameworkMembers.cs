// Members that newer frameworks have and netstandard2.0 lacks, under the same names, so that the engine
// is written once in today's words. Only what the engine uses.
#if NETSTANDARD2_0
using System;
using System.Collections.Generic;
using System.IO;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text;
using System.Threading;
using System.Threading.Tasks;

namespace AuthModule.Polyfills;

internal static class FrameworkMembers
{
    extension(ArgumentNullException)
    {
        public static void ThrowIfNull(object? argument, [CallerArgumentExpression(nameof(argument))] string? name = null)
        {
            if (argument is null)
            {
                throw new ArgumentNullException(name);
            }
        }
    }

    extension(SHA256)
    {
        public static byte[] HashData(byte[] data)
        {
            using SHA256 hash = SHA256.Create();
            return hash.ComputeHash(data);
        }
    }

    extension(HMACSHA256)
    {
        public static byte[] HashData(byte[] key, byte[] data)
        {
            using var hash = new HMACSHA256(key);
            return hash.ComputeHash(data);
        }
    }

    extension(Rfc2898DeriveBytes)
    {
        public static byte[] Pbkdf2(byte[] password, byte[] salt, int iterations, HashAlgorithmName algorithm, int length) =>
            algorithm == HashAlgorithmName.SHA256
                ? AuthModule.Cryptography.PasswordKey.Derive(password, salt, iterations, length)
                : throw new NotSupportedException("Only SHA-256 is used here.");
    }

    extension(RandomNumberGenerator)
    {
        public static byte[] GetBytes(int count)
        {
            byte[] bytes = new byte[count];
            using RandomNumberGenerator generator = RandomNumberGenerator.Create();
            generator.GetBytes(bytes);
            return bytes;
        }
    }

    extension(Convert)
    {
        public static string ToHexString(byte[] bytes) => BitConverter.ToString(bytes).Replace("-", string.Empty);
    }

    extension(OperatingSystem)
    {
        public static bool IsWindows() => Path.DirectorySeparatorChar == '\\';
    }

    extension(string text)
    {
        public bool Contains(char value) => text.IndexOf(value) >= 0;

        public bool Contains(string value, StringComparison comparison) => text.IndexOf(value, comparison) >= 0;

        public bool StartsWith(char value) => text.Length > 0 && text[0] == value;

        public bool EndsWith(char value) => text.Length > 0 && text[text.Length - 1] == value;

        public string Replace(string oldValue, string newValue, StringComparison comparison)
        {
            if (comparison != StringComparison.Ordinal)
            {
                throw new NotSupportedException("Only ordinal replacement is used here.");
            }

            return text.Replace(oldValue, newValue);
        }

        public string[] Split(char separator, StringSplitOptions options) => text.Split([separator], options);

        public int IndexOf(char value, StringComparison comparison) =>
            text.IndexOf(value.ToString(), comparison);
    }

    extension<TKey, TValue>(IReadOnlyDictionary<TKey, TValue> map)
    {
        public TValue? GetValueOrDefault(TKey key) => map.TryGetValue(key, out TValue? value) ? value : default;
    }

    extension<TKey, TValue>(Dictionary<TKey, TValue> map)
        where TKey : notnull
    {
        public bool TryAdd(TKey key, TValue value)
        {
            if (map.ContainsKey(key))
            {
                return false;
            }

            map.Add(key, value);
            return true;
        }
    }

    extension<TKey, TValue>(KeyValuePair<TKey, TValue> pair)
    {
        public void Deconstruct(out TKey key, out TValue value)
        {
            key = pair.Key;
            value = pair.Value;
        }
    }

    extension(Encoding encoding)
    {
        public string GetString(ReadOnlySpan<byte> bytes) => encoding.GetString(bytes.ToArray());
    }

    extension(Stream stream)
    {
        public Task<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellation)
        {
            if (!System.Runtime.InteropServices.MemoryMarshal.TryGetArray(buffer, out ArraySegment<byte> segment))
            {
                throw new NotSupportedException("Only array-backed memory is read into here.");
            }

            return stream.ReadAsync(segment.Array!, segment.Offset, segment.Count, cancellation);
        }
    }

    extension(Task task)
    {
        /// <summary>Stops waiting, not the task, when <paramref name="cancellation"/> is signalled.</summary>
        public async Task WaitAsync(CancellationToken cancellation)
        {
            if (!task.IsCompleted && cancellation.CanBeCanceled)
            {
                var stopped = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
                using (cancellation.Register(static state => ((TaskCompletionSource<bool>)state!).TrySetResult(true), stopped))
                {
                    if (await Task.WhenAny(task, stopped.Task).ConfigureAwait(false) != task)
                    {
                        throw new OperationCanceledException(cancellation);
                    }
                }
            }

            await task.ConfigureAwait(false);
        }
    }

    extension<T>(Task<T> task)
    {
        /// <summary>Stops waiting, not the task, when <paramref name="cancellation"/> is signalled.</summary>
        public async Task<T> WaitAsync(CancellationToken cancellation)
        {
            await ((Task)task).WaitAsync(cancellation).ConfigureAwait(false);
            return await task.ConfigureAwait(false);
        }
    }
}

internal static class CryptographicOperations
{
    /// <summary>Compares in a time that depends on the lengths only.</summary>
    public static bool FixedTimeEquals(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right)
    {
        if (left.Length != right.Length)
        {
            return false;
        }

        int difference = 0;
        for (int i = 0; i < left.Length; i++)
        {
            difference |= left[i] ^ right[i];
        }

        return difference == 0;
    }

    public static void ZeroMemory(Span<byte> buffer) => buffer.Clear();
}
#endif

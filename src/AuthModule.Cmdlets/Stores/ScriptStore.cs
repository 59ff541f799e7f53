using System;
using System.Collections;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Runspaces;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using AuthModule.Errors;
using AuthModule.Pipeline;

namespace AuthModule.Stores;

/// <summary>
/// A store of the user's own, in script blocks: <c>Get</c> (key), <c>Set</c> (key, value, lifetime), <c>Remove</c> (key), and
/// where the store can read and remove in one step, <c>Take</c> (key). Values are texts. Script runs on the pipeline thread
/// of the call that needs it; what has to be one step is one step within this process.
/// </summary>
internal sealed class ScriptStore : ITokenStore
{
    private readonly ScriptBlock get;
    private readonly ScriptBlock set;
    private readonly ScriptBlock remove;
    private readonly ScriptBlock? take;
    private readonly SemaphoreSlim oneStep = new(1, 1);
    private readonly KeyedLocks locks = new();

    private ScriptStore(ScriptBlock get, ScriptBlock set, ScriptBlock remove, ScriptBlock? take)
    {
        this.get = get;
        this.set = set;
        this.remove = remove;
        this.take = take;
    }

    public string Name => "script";

    /// <exception cref="ConfigurationException">MissingParameter: Get, Set or Remove is not there; InvalidRequest: something else is.</exception>
    public static ScriptStore From(IDictionary scripts)
    {
        var found = new Dictionary<string, ScriptBlock>(StringComparer.OrdinalIgnoreCase);
        foreach (DictionaryEntry entry in scripts)
        {
            string name = entry.Key.ToString()!;
            object? value = entry.Value is PSObject wrapped ? wrapped.BaseObject : entry.Value;
            if (!new[] { "Get", "Set", "Remove", "Take" }.Contains(name, StringComparer.OrdinalIgnoreCase) || value is not ScriptBlock script)
            {
                throw AuthError.Create(AuthErrorId.InvalidRequest, $"-Store: '{name}' is not a script block that a store has.", "Give script blocks named Get, Set, Remove and, where the store can do it, Take.");
            }

            found[name] = script;
        }

        ScriptBlock Need(string name) => found.TryGetValue(name, out ScriptBlock? script)
            ? script
            : throw AuthError.Missing($"-Store @{{ {name} = {{ ... }} }}", "a store of your own needs it");
        return new ScriptStore(Need("Get"), Need("Set"), Need("Remove"), found.TryGetValue("Take", out ScriptBlock? take) ? take : null);
    }

    public ValueTask<byte[]?> GetAsync(string key, CancellationToken cancellationToken) => new(Bytes(Run(get, key)));

    public ValueTask SetAsync(string key, byte[] value, TimeSpan? lifetime, CancellationToken cancellationToken)
    {
        Run(set, key, Encoding.UTF8.GetString(value), lifetime);
        return default;
    }

    public ValueTask<bool> AddAsync(string key, byte[] value, TimeSpan? lifetime, CancellationToken cancellationToken) =>
        InOneStepAsync(
            () =>
            {
                if (Run(get, key) is not null)
                {
                    return false;
                }

                Run(set, key, Encoding.UTF8.GetString(value), lifetime);
                return true;
            },
            cancellationToken);

    public ValueTask<byte[]?> TakeAsync(string key, CancellationToken cancellationToken) =>
        InOneStepAsync(
            () =>
            {
                if (take is not null)
                {
                    return Bytes(Run(take, key));
                }

                byte[]? value = Bytes(Run(get, key));
                if (value is not null)
                {
                    Run(remove, key);
                }

                return value;
            },
            cancellationToken);

    public ValueTask<bool> RemoveAsync(string key, CancellationToken cancellationToken) =>
        InOneStepAsync(
            () =>
            {
                bool wasThere = Run(get, key) is not null;
                Run(remove, key);
                return wasThere;
            },
            cancellationToken);

    // Scripts share nothing across processes that we know of: the lock is this process's.
    public ValueTask<IStoreLock> LockAsync(string key, TimeSpan lease, CancellationToken cancellationToken) => locks.AcquireAsync(key, cancellationToken);

    private static byte[]? Bytes(object? value) => value is null ? null : Encoding.UTF8.GetBytes(value.ToString()!);

    private async ValueTask<T> InOneStepAsync<T>(Func<T> step, CancellationToken cancellationToken)
    {
        await oneStep.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            return step();
        }
        finally
        {
            oneStep.Release();
        }
    }

    private static object? Run(ScriptBlock script, params object?[] arguments)
    {
        try
        {
            return PipelineThread.Current is { } thread
                ? thread.Run(() => First(script, arguments))
                : Runspace.DefaultRunspace is not null
                    ? First(script, arguments)
                    : throw AuthError.Create(AuthErrorId.StoreUnavailable, "The store's script blocks were called outside of PowerShell.");
        }
        catch (RuntimeException failure)
        {
            throw AuthError.Create(
                AuthErrorId.StoreUnavailable,
                $"A script block of the store failed: {failure.Message}",
                new AuthModule.Errors.ErrorDetails { Action = "Correct the script block; what was to be stored was not.", Cause = failure });
        }
    }

    private static object? First(ScriptBlock script, object?[] arguments) =>
        script.Invoke(arguments) is { Count: > 0 } output ? output[0]?.BaseObject : null;
}

using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Linq;
using AuthModule.TestServer.Hosting;

namespace AuthModule.TestServer.Dialogs;

/// <summary>The dialogs that have no answer yet.</summary>
internal sealed class DialogTable(TimeProvider clock)
{
    private const int Most = 5000;

    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(15);

    private readonly ConcurrentDictionary<string, Dialog> open = new(StringComparer.Ordinal);

    /// <summary>The address of its first page.</summary>
    public string Begin(Dialog dialog)
    {
        DateTimeOffset now = clock.GetUtcNow();
        int surplus = open.Count - Most;
        foreach (KeyValuePair<string, Dialog> old in open.Where(pair => pair.Value.Until <= now).Concat(surplus > 0 ? open.OrderBy(static pair => pair.Value.Until).Take(surplus) : []))
        {
            open.TryRemove(old);
        }

        dialog.Until = now + Lifetime;
        open[dialog.Id] = dialog;
        return $"{Dialog.Path}?id={dialog.Id}";
    }

    /// <exception cref="OAuthRefusal">invalid_request: over, or begun by another browser.</exception>
    public Dialog Require(string? id, BrowserSession? session) =>
        id is not null && open.TryGetValue(id, out Dialog? found) && found.Until > clock.GetUtcNow() && ReferenceEquals(found.Owner, session)
            ? found
            : throw OAuthRefusal.InvalidRequest("this page has run out, was answered already, or belongs to another browser");

    /// <summary>False where somebody answered it at the same moment.</summary>
    public bool TryEnd(Dialog dialog) => open.TryRemove(new KeyValuePair<string, Dialog>(dialog.Id, dialog));
}

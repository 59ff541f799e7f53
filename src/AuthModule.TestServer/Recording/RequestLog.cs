using System;
using System.Collections.Generic;
using AuthModule.TestServer.Hosting;

namespace AuthModule.TestServer.Recording;

/// <summary>The last requests, and how many each path has had.</summary>
internal sealed class RequestLog
{
    private const int Capacity = 10_000;

    // Paths that somebody made up share one count.
    private const int MaxPaths = 1000;
    private const string OtherPaths = "(other paths)";

    private readonly object gate = new();
    private readonly Queue<ServedRequest> requests = new();
    private readonly Dictionary<string, long> counts = new(StringComparer.Ordinal);
    private readonly List<RequestFollower> followers = [];

    public void Add(ServedRequest request)
    {
        lock (gate)
        {
            if (requests.Count == Capacity)
            {
                requests.Dequeue();
            }

            requests.Enqueue(request);
            string path = counts.Count < MaxPaths || counts.ContainsKey(request.Path) ? request.Path : OtherPaths;
            counts[path] = counts.GetValueOrDefault(path) + 1;
        }
    }

    /// <summary>Of paths that are counted each by itself, and one for all others.</summary>
    public int Paths
    {
        get
        {
            lock (gate)
            {
                return counts.Count;
            }
        }
    }

    /// <summary>The answer to a request begins.</summary>
    public void Answered(ServedRequest request)
    {
        lock (gate)
        {
            foreach (RequestFollower follower in followers)
            {
                follower.Tell(request);
            }
        }
    }

    public RequestFollower Follow()
    {
        var follower = new RequestFollower(Leave);
        lock (gate)
        {
            followers.Add(follower);
        }

        return follower;
    }

    public IReadOnlyList<ServedRequest> Snapshot()
    {
        lock (gate)
        {
            return [.. requests];
        }
    }

    public long CountOf(string path)
    {
        lock (gate)
        {
            return counts.GetValueOrDefault(path);
        }
    }

    public void Clear()
    {
        lock (gate)
        {
            requests.Clear();
            counts.Clear();
        }
    }

    private void Leave(RequestFollower follower)
    {
        lock (gate)
        {
            followers.Remove(follower);
        }
    }
}

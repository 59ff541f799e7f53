using System;
using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace AuthModule.Telemetry;

/// <summary>
/// What is counted, timed and traced, under the names of docs/observability.md. Nobody listens by default, and then it costs a look
/// at a flag. Tags hold names, addresses of services and error ids; never a token, a secret or a whole address with its query.
/// </summary>
internal static class EngineMetrics
{
    /// <summary>The name of the meter and of the activity source.</summary>
    public const string Name = "AuthModule";

    private const string ErrorType = "error.type";
    private const string Operation = "authmodule.operation";

    private static readonly string? Version = typeof(EngineMetrics).Assembly.GetName().Version?.ToString(3);
    private static readonly Meter Meter = new(Name, Version);
    private static readonly ActivitySource Source = new(Name, Version);

    private static readonly Counter<long> Requests = Meter.CreateCounter<long>("authmodule.requests", "{request}", "Requests that went out, repeats included.");
    private static readonly Histogram<double> RequestDuration = Meter.CreateHistogram<double>("authmodule.request.duration", "s", "From sending a request to its reply or failure.");
    private static readonly Counter<long> CacheHits = Meter.CreateCounter<long>("authmodule.cache.hits", "{token}", "Tokens that were at hand, so that nothing was sent.");
    private static readonly Counter<long> Renewals = Meter.CreateCounter<long>("authmodule.renewals", "{renewal}", "Tokens that were asked for: by a sign-in or by a refresh token.");
    private static readonly Histogram<double> RenewalDuration = Meter.CreateHistogram<double>("authmodule.renewal.duration", "s", "From asking for a token to having it or failing.");
    private static readonly Counter<long> Failures = Meter.CreateCounter<long>("authmodule.failures", "{failure}", "Failures that callers got, by error id.");
    private static readonly Counter<long> Tests = Meter.CreateCounter<long>("authmodule.token.tests", "{token}", "Tokens that were tested, by result.");

    /// <summary>A span around one request; null where nobody listens.</summary>
    /// <param name="operation">What it is for.</param>
    /// <param name="method">Of HTTP.</param>
    /// <param name="url">Where it goes; only its host is told.</param>
    /// <param name="path">Of that address as it may be told: some services have their tokens in it.</param>
    public static Activity? StartRequest(string operation, string method, Uri url, Func<string> path)
    {
        Activity? activity = Source.StartActivity(operation, ActivityKind.Client);
        activity?.SetTag("http.request.method", method).SetTag("server.address", url.Host).SetTag("server.port", url.Port).SetTag("url.path", path());
        return activity;
    }

    /// <param name="activity">What <see cref="StartRequest"/> gave.</param>
    /// <param name="operation">What it was for.</param>
    /// <param name="url">Where it went; only its host is told.</param>
    /// <param name="status">Null where no reply came.</param>
    /// <param name="error">The id of what prevented a reply; null where one came.</param>
    /// <param name="duration">From sending to the end of the reply.</param>
    public static void EndRequest(Activity? activity, string operation, Uri url, int? status, string? error, TimeSpan duration)
    {
        End(activity?.SetTag("http.response.status_code", status), error);
        if (!Requests.Enabled && !RequestDuration.Enabled)
        {
            return;
        }

        var tags = new TagList { { Operation, operation }, { "server.address", url.Host } };
        if (status is not null)
        {
            tags.Add("http.response.status_code", status);
        }

        AddError(ref tags, error);
        Requests.Add(1, tags);
        RequestDuration.Record(duration.TotalSeconds, tags);
    }

    /// <param name="cache"><c>session</c>, <c>store</c>, or <c>caller</c>: another caller's request was waited for.</param>
    /// <param name="provider">The name of the provider.</param>
    public static void Served(string cache, string provider)
    {
        if (CacheHits.Enabled)
        {
            CacheHits.Add(1, new TagList { { "authmodule.cache", cache }, { "authmodule.provider", provider } });
        }
    }

    /// <summary>A span around getting a token; null where nobody listens.</summary>
    public static Activity? StartRenewal(string kind, string provider, string grant, string session) =>
        Source.StartActivity("authmodule.renewal")?
            .SetTag("authmodule.renewal.kind", kind)
            .SetTag("authmodule.provider", provider)
            .SetTag("authmodule.grant", grant)
            .SetTag("authmodule.session", session);

    public static void EndRenewal(Activity? activity, string kind, string provider, bool isBackground, string? error, TimeSpan duration)
    {
        End(activity?.SetTag("authmodule.background", isBackground), error);
        if (!Renewals.Enabled && !RenewalDuration.Enabled)
        {
            return;
        }

        var tags = new TagList { { "authmodule.renewal.kind", kind }, { "authmodule.provider", provider }, { "authmodule.background", isBackground } };
        AddError(ref tags, error);
        Renewals.Add(1, tags);
        RenewalDuration.Record(duration.TotalSeconds, tags);
    }

    /// <summary>A failure that a caller got to see.</summary>
    public static void Failed(string id, string operation)
    {
        if (Failures.Enabled)
        {
            Failures.Add(1, new TagList { { ErrorType, id }, { Operation, operation } });
        }
    }

    /// <param name="failure">The id of the first check that failed; null for a token that passed.</param>
    public static void Tested(string? failure)
    {
        if (Tests.Enabled)
        {
            Tests.Add(1, new TagList { { "authmodule.result", failure ?? "valid" } });
        }
    }

    private static void End(Activity? activity, string? error)
    {
        if (activity is not null && error is not null)
        {
            activity.SetTag(ErrorType, error).SetStatus(ActivityStatusCode.Error);
        }

        activity?.Dispose();
    }

    private static void AddError(ref TagList tags, string? error)
    {
        if (error is not null)
        {
            tags.Add(ErrorType, error);
        }
    }
}

using System;
using System.Collections.Generic;

namespace AuthModule.TestServer.Hosting;

/// <summary>A name and its value, or the mask where the value is secret or not known to be harmless.</summary>
internal sealed record ServedField(string Name, string Value);

/// <summary>One request as it arrived, for tests and for the demo. Holds no secret value.</summary>
internal sealed class ServedRequest
{
    public required DateTimeOffset Time { get; init; }

    public required string Method { get; init; }

    public required string Path { get; init; }

    /// <summary>In their order.</summary>
    public required IReadOnlyList<ServedField> Query { get; init; }

    /// <summary>The members of a form or of a JSON object, in their order.</summary>
    public required IReadOnlyList<ServedField> Fields { get; init; }

    /// <summary>A form exactly as it was encoded, except for masked values; null for other bodies.</summary>
    public string? Form { get; init; }

    public string? ContentType { get; init; }

    /// <summary>Of <c>Authorization</c>, e.g. <c>Bearer</c>; null when the header is missing.</summary>
    public string? AuthorizationScheme { get; init; }

    /// <summary>Headers of interest. <c>Authorization</c>, keys and proofs are masked.</summary>
    public required IReadOnlyDictionary<string, string> Headers { get; init; }

    /// <summary>The subject of the client certificate; null when none was shown.</summary>
    public string? ClientCertificate { get; init; }

    /// <summary>0 until a reply starts.</summary>
    public int Status { get; internal set; }
}

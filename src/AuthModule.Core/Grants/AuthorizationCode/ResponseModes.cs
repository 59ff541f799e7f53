using System;
using System.Linq;
using AuthModule.Requests;

namespace AuthModule.Grants.AuthorizationCode;

/// <summary>How the answer to an authorization request comes: <c>response_mode</c> of <c>-Parameter</c>; in the address where nothing is said.</summary>
internal static class ResponseModes
{
    private const string Field = "response_mode";

    /// <summary>What the caller asks for; null leaves it to the service.</summary>
    public static string? Of(Service service) => service.ExtraFields.LastOrDefault(static field => field.Key == Field).Value;

    /// <summary>By a form that the browser posts (OAuth 2.0 Form Post Response Mode 1.0).</summary>
    public static bool IsForm(string? mode) => mode?.StartsWith("form_post", StringComparison.Ordinal) == true;

    /// <summary>As one signed JWT (JARM, section 2.3).</summary>
    public static bool IsSigned(string? mode) => mode is "jwt" || mode?.EndsWith(".jwt", StringComparison.Ordinal) == true;
}

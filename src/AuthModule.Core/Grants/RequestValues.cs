using AuthModule.Providers;
using AuthModule.Requests;

namespace AuthModule.Grants;

/// <summary>The places that any request of a sign-in can name.</summary>
internal static class RequestValues
{
    public static void Set(TemplateValues values, TokenRequest request, Service service)
    {
        values.Set("scope", request.Scopes.Count == 0 ? null : string.Join(service.Description.ScopeSeparator, request.Scopes));
        values.Set("scopes", request.Scopes);
        values.Set("resource", request.Resources);
        values.Set("loginHint", request.Input.LoginHint);
        values.Set("prompt", request.Input.Prompt);
    }
}

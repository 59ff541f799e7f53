using Microsoft.AspNetCore.Http;

namespace AuthModule.TestServer.Dialogs;

/// <summary>Leads a browser on by GET, so that going back sends no form again.</summary>
internal static class SeeOther
{
    public static void To(HttpContext context, string address)
    {
        context.Response.StatusCode = StatusCodes.Status303SeeOther;
        context.Response.Headers.Location = address;
        context.Response.Headers.CacheControl = "no-store";
    }
}

using System;
using System.Net;
using System.Threading.Tasks;
using AuthModule.TestServer.Hosting;
using Microsoft.AspNetCore.Http;

namespace AuthModule.TestServer;

/// <summary>
/// Whether a request means this server by its <c>Host</c>. A page from elsewhere whose name was made to lead to this machine (DNS
/// rebinding) would be of one origin with it, and names itself there.
/// </summary>
internal static class HostCheck
{
    public static bool IsOurs(HttpContext context, EmbeddedServerOptions options)
    {
        string host = context.Request.Host.Host.Trim('[', ']');
        if (host.Length == 0)
        {
            return false;
        }

        return IPAddress.TryParse(host, out _)
            || host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
            || host.EndsWith(".localhost", StringComparison.OrdinalIgnoreCase)
            || host.Equals(options.Address.IdnHost, StringComparison.OrdinalIgnoreCase)

            // Other machines know this one by names that it does not know.
            || (options.AllowRemote && context.Connection.LocalIpAddress is { } address && !IPAddress.IsLoopback(address));
    }

    /// <summary>421 (RFC 9110, section 15.5.20), without a word about what is here.</summary>
    public static Task RefuseAsync(HttpContext context)
    {
        context.Response.StatusCode = StatusCodes.Status421MisdirectedRequest;
        context.Response.ContentType = "text/plain; charset=utf-8";
        return context.Response.WriteAsync("This server does not answer to the name in the Host header.\n", context.RequestAborted);
    }
}

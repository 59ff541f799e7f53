using System;
using System.Threading;
using System.Threading.Tasks;
using AuthModule.TestServer.Hosting;
using AuthModule.TestServer.Pages;
using AuthModule.TestServer.Recording;
using AuthModule.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace AuthModule.TestServer.Endpoints;

/// <summary>Each request as it is answered, as server-sent events for the home page. Secrets are masked before they are noted.</summary>
internal static class RequestsEndpoint
{
    public const string Path = "/requests";

    public static void Map(IEndpointRouteBuilder routes, ServerState state) =>
        routes.MapGet(Path, (RequestDelegate)(context => FollowAsync(context, state)));

    private static async Task FollowAsync(HttpContext context, ServerState state)
    {
        IHostApplicationLifetime host = context.RequestServices.GetRequiredService<IHostApplicationLifetime>();
        using var end = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, host.ApplicationStopping);
        using RequestFollower follower = state.Log.Follow();
        context.Response.ContentType = "text/event-stream";
        context.Response.Headers.CacheControl = "no-store";
        try
        {
            await context.Response.WriteAsync(": following\n\n", end.Token);
            await context.Response.Body.FlushAsync(end.Token);
            await foreach (ServedRequest served in follower.ReadAsync(end.Token))
            {
                if (served.Path != Path)
                {
                    await context.Response.WriteAsync($"data: {JsonText.WriteObject(RequestView.Of(served).Members)}\n\n", end.Token);
                    await context.Response.Body.FlushAsync(end.Token);
                }
            }
        }
        catch (OperationCanceledException) when (end.IsCancellationRequested)
        {
            // The page was closed, or the server stops.
        }
    }
}

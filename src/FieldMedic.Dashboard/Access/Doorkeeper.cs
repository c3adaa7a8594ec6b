using System.Net;
using FieldMedic.Hosting;

namespace FieldMedic.Dashboard.Access;

/// <summary>
/// Turns away who must not even be asked. The name in the Host header must be ours, or a page of somebody else's whose name was pointed at
/// this machine could read ours (DNS rebinding). Without a sign-in the connection must come from this machine, and not through a proxy.
/// </summary>
internal sealed class Doorkeeper(RequestDelegate next, DashboardSettings settings)
{
    private static readonly string[] LocalNames = ["localhost", "127.0.0.1", "[::1]"];
    private static readonly string[] OfProxies = ["Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "X-Real-IP", "Via"];

    public Task InvokeAsync(HttpContext context)
    {
        if (!IsOurName(context.Request.Host.Host))
        {
            return RefuseAsync(context, StatusCodes.Status421MisdirectedRequest, "This is not the address of the dashboard (setting dashboard_url).");
        }

        if (settings.SignIn == DashboardSignIn.Local && !IsFromThisMachine(context))
        {
            return RefuseAsync(context, StatusCodes.Status403Forbidden, "The dashboard is for this machine only. To reach it from elsewhere set up a sign-in (setting dashboard_sign_in).");
        }

        if (settings.PublicUrl is { } url)
        {
            // What addresses for the identity provider are made of; a proxy's word for it is not asked.
            (context.Request.Scheme, context.Request.Host) = (url.Scheme, new HostString(url.Authority));
        }

        return next(context);
    }

    private static bool IsFromThisMachine(HttpContext context)
        => context.Connection.RemoteIpAddress is { } from && IPAddress.IsLoopback(from) && !OfProxies.Any(context.Request.Headers.ContainsKey);

    private bool IsOurName(string host)
        => LocalNames.Contains(host, StringComparer.OrdinalIgnoreCase) || (settings.PublicUrl is { } url && host.Equals(url.Host, StringComparison.OrdinalIgnoreCase));

    private static Task RefuseAsync(HttpContext context, int status, string why)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "text/plain; charset=utf-8";
        return context.Response.WriteAsync(why + "\n", context.RequestAborted);
    }
}

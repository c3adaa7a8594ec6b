using FieldMedic.Dashboard.Access;
using FieldMedic.Journal;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;

namespace FieldMedic.Dashboard;

/// <summary>The only requests that change something: the kill switch, and leaving. Each needs the token of a form of ours.</summary>
internal static class SwitchEndpoints
{
    public const string Pause = "/systems/pause";
    public const string Resume = "/systems/resume";
    public const string PauseAll = "/systems/pause-all";
    public const string ResumeAll = "/systems/resume-all";

    public static void Map(WebApplication app)
    {
        Switch(app, Pause, Role.Operator, isPause: true, isAll: false);
        Switch(app, Resume, Role.Operator, isPause: false, isAll: false);
        Switch(app, PauseAll, Role.Admin, isPause: true, isAll: true);
        Switch(app, ResumeAll, Role.Admin, isPause: false, isAll: true);
        app.MapPost(SignIn.Out, context => WithTokenAsync(context, async () =>
        {
            await context.SignOutAsync(CookieAuthenticationDefaults.AuthenticationScheme).ConfigureAwait(false);
            SeeOther(context, SignIn.HasLeft);
        }));
    }

    private static void Switch(WebApplication app, string path, Role role, bool isPause, bool isAll)
        => app.MapPost(path, context => WithTokenAsync(context, () => SwitchAsync(context, isPause, isAll))).RequireAuthorization(role.ToString());

    private static async Task SwitchAsync(HttpContext context, bool isPause, bool isAll)
    {
        var systems = context.RequestServices.GetRequiredService<ShownSystems>();
        if (systems.Named(context.Request.Form[ShownSystems.Parameter]) is not { Source: var source } shown)
        {
            context.Response.StatusCode = StatusCodes.Status400BadRequest;
            return;
        }

        var system = isAll ? "*" : shown.Name;
        var person = context.User.Identity!.Name!;
        if (isPause)
        {
            await source.Controls.PauseAsync(system, person, context.RequestAborted).ConfigureAwait(false);
        }
        else
        {
            await source.Controls.ResumeAsync(system, person, context.RequestAborted).ConfigureAwait(false);
        }

        var log = context.RequestServices.GetRequiredService<ILoggerFactory>().CreateLogger("FieldMedic.Dashboard.Switch");
        var name = source.Redactor.Plain(person);
        DashboardLog.Switched(log, name, isPause ? "paused" : "resumed", system);
        foreach (var one in isAll ? systems.All : [shown])
        {
            await one.Journal.TakeOverPauseAsync(context.RequestAborted).ConfigureAwait(false);
        }

        SeeOther(context, systems.All.Count == 1 ? "/systems" : $"/systems?{ShownSystems.Parameter}={Uri.EscapeDataString(shown.Name)}");
    }

    private static async Task WithTokenAsync(HttpContext context, Func<Task> act)
    {
        if (!await context.RequestServices.GetRequiredService<IAntiforgery>().IsRequestValidAsync(context).ConfigureAwait(false))
        {
            context.Response.StatusCode = StatusCodes.Status400BadRequest;
            return;
        }

        try
        {
            await act().ConfigureAwait(false);
        }
        catch (JournalException)
        {
            context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
        }
    }

    private static void SeeOther(HttpContext context, string path)
        => (context.Response.StatusCode, context.Response.Headers.Location) = (StatusCodes.Status303SeeOther, path);
}

using FieldMedic.Dashboard.Access;
using FieldMedic.Dashboard.Health;
using FieldMedic.Dashboard.History;
using FieldMedic.Dashboard.Live;
using FieldMedic.Hosting;
using FieldMedic.Incidents;

namespace FieldMedic.Dashboard.Pages;

/// <summary>What one page shows from: one moment of everything, and who asks.</summary>
internal sealed class PageContext(DashboardSource source, DashboardSettings settings, JournalFollower journal, HealthKeeper health, LiveSignal live, IHttpContextAccessor http)
{
    // Taken first: what is shown is at least as new as its version, so a change in between is fetched once more and never missed.
    public string Version { get; } = live.Version;

    public DashboardSource Source => source;

    public JournalView Journal { get; } = journal.Current;

    public HealthView Health { get; } = health.Ask();

    public string? Person => http.HttpContext?.User.Identity?.Name;

    public bool CanLeave => settings.SignIn != DashboardSignIn.Local && Person is not null;

    public string Path => http.HttpContext?.Request.Path.Value ?? "/";

    public bool Is(Role role) => http.HttpContext?.User.IsInRole(role.ToString()) == true;

    /// <summary>A text out of the journal or a measurement, without secrets and hosts. The page encodes it.</summary>
    public string Plain(string? text) => text is null ? "" : source.Redactor.Plain(text);

    public Uri PageOf(IssueRef issue) => new(source.TrackerWeb, $"/{issue.Repository}/issues/{issue.Number}");
}

using FieldMedic.Dashboard.Access;
using FieldMedic.Dashboard.Health;
using FieldMedic.Dashboard.History;
using FieldMedic.Dashboard.Live;
using FieldMedic.Hosting;
using FieldMedic.Incidents;

namespace FieldMedic.Dashboard.Pages;

/// <summary>What one page shows from: one moment of everything, and who asks.</summary>
internal sealed class PageContext
{
    private readonly ShownSystems _systems;
    private readonly DashboardSettings _settings;
    private readonly IHttpContextAccessor _http;
    private ShownSystems.One _system;

    public PageContext(ShownSystems systems, DashboardSettings settings, LiveSignal live, IHttpContextAccessor http)
    {
        (_systems, _settings, _http, _system) = (systems, settings, http, systems.Asked(http.HttpContext));
        // Before what is shown: that is then at least as new as its version, so a change in between is fetched once more and never missed.
        Version = live.Version;
        (Journal, Health) = (_system.Journal.Current, _system.Health.Ask());
    }

    public string Version { get; }

    public DashboardSource Source => _system.Source;

    public JournalView Journal { get; private set; }

    public HealthView Health { get; private set; }

    /// <summary>Every system, this one among them, each with what is known of its health and whether its repairs are paused.</summary>
    public IEnumerable<(DashboardSource Source, HealthView Health, bool IsPaused)> Systems
        => _systems.All.Select(s => (s.Source, s.Health.Ask(), s.Journal.Current.Paused is not null));

    public bool HasSeveral => _systems.All.Count > 1;

    public string? Person => _http.HttpContext?.User.Identity?.Name;

    public bool CanLeave => _settings.SignIn != DashboardSignIn.Local && Person is not null;

    public string Path => _http.HttpContext?.Request.Path.Value ?? "/";

    public bool Is(Role role) => _http.HttpContext?.User.IsInRole(role.ToString()) == true;

    /// <summary>Makes the page about another system than the address says: the one of what it shows.</summary>
    public void TurnTo(string system)
    {
        if (_systems.Named(system) is { } other && other != _system)
        {
            _system = other;
            (Journal, Health) = (_system.Journal.Current, _system.Health.Ask());
        }
    }

    /// <summary>The address of a page about the same system.</summary>
    public string To(string address) => To(address, Source.Pack.System);

    /// <summary>The address of a page about a system.</summary>
    public string To(string address, string system)
        => HasSeveral ? $"{address}{(address.Contains('?', StringComparison.Ordinal) ? '&' : '?')}{ShownSystems.Parameter}={Uri.EscapeDataString(system)}" : address;

    /// <summary>A text out of the journal or a measurement, without secrets and hosts. The page encodes it.</summary>
    public string Plain(string? text) => text is null ? "" : Source.Redactor.Plain(text);

    public Uri PageOf(IssueRef issue) => new(Source.TrackerWeb, $"/{issue.Repository}/issues/{issue.Number}");
}

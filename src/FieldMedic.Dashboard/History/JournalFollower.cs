using FieldMedic.Dashboard.Live;
using FieldMedic.Incidents;
using FieldMedic.Journal;
using FieldMedic.Kpis;

namespace FieldMedic.Dashboard.History;

/// <summary>
/// Keeps the incidents of the last 90 days in step with the journal, whoever writes to it, and folds the figures from them in the background:
/// a page never waits for the journal. What was measured is left out, it is most of an incident's size.
/// </summary>
internal sealed class JournalFollower(DashboardSource source, TimeSpan lookEvery, LiveSignal live, TimeProvider time, ILogger<JournalFollower> log) : BackgroundService
{
    public static readonly TimeSpan Reach = TimeSpan.FromDays(90);
    private static readonly TimeSpan Shortest = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan PerSystem = TimeSpan.FromMilliseconds(10);

    /// <summary>A write may become visible a little after one that is later by its time.</summary>
    private static readonly TimeSpan Overlap = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan ShowEvery = TimeSpan.FromSeconds(2);

    private readonly Dictionary<IncidentId, Incident> _incidents = [];
    private DateTimeOffset _newest;
    private long _foldedAt;
    private TimeSpan _foldingTook;
    private bool _isStale = true;
    private DateTimeOffset _day;
    private volatile JournalView _current = new();

    public JournalView Current => _current;

    /// <summary>How often each of so many looks: twice a second, and all together no more than a hundred times a second.</summary>
    public static TimeSpan PaceOf(int systems) => systems * PerSystem > Shortest ? systems * PerSystem : Shortest;

    /// <summary>Looks once.</summary>
    private async Task LookAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var hasChanged = await ReadAsync(now, cancellationToken).ConfigureAwait(false) | Forget(now);
        var paused = await source.Controls.PausedAsync(source.Pack.System, cancellationToken).ConfigureAwait(false);
        hasChanged |= paused != _current.Paused || _current.Failure is not null || _current.At is null || _day != now.UtcDateTime.Date;
        _isStale |= hasChanged;
        if (_isStale && IsTimeToFold())
        {
            Show(Fold(now) with { At = now, Paused = paused });
        }
        else if (hasChanged)
        {
            // The figures follow when the last folding has been paid for.
            Show(List(_current) with { At = now, Paused = paused, Failure = null });
        }
    }

    /// <summary>Shows at once what was just done with the kill switch.</summary>
    public async Task TakeOverPauseAsync(CancellationToken cancellationToken)
    {
        var paused = await source.Controls.PausedAsync(source.Pack.System, cancellationToken).ConfigureAwait(false);
        Show(_current with { Paused = paused });
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(lookEvery, time);
        do
        {
            try
            {
                await LookAsync(stoppingToken).ConfigureAwait(false);
            }
            catch (JournalException e)
            {
                if (_current.Failure != e.Message)
                {
                    DashboardLog.JournalUnreadable(log, e.Message);
                    Show(_current with { Failure = e.Message });
                }
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken).ConfigureAwait(false));
    }

    private async Task<bool> ReadAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        var since = _newest == default ? now - Reach : _newest - Overlap;
        var changed = (await source.Journal.ChangedAsync(source.Pack.System, since, cancellationToken).ConfigureAwait(false))
            .Where(h => _incidents.GetValueOrDefault(h.Id)?.LastAt != h.LastAt)
            .Reverse()
            .ToList();
        var shown = time.GetTimestamp();
        for (var i = 0; i < changed.Count; i++)
        {
            var incident = Incident.Fold(await source.Journal.ReadAsync(changed[i].Id, cancellationToken).ConfigureAwait(false));
            _incidents[changed[i].Id] = Slim(incident!);
            if (_current.At is null && time.GetElapsedTime(shown) > ShowEvery)
            {
                Show(List(_current) with { Progress = (i + 1, changed.Count), Failure = null });
                shown = time.GetTimestamp();
            }
        }

        // Only when all of it was read: what was left over by a failure is asked for again.
        _newest = changed.Count == 0 ? _newest : changed.Max(h => h.LastAt) is var last && last > _newest ? last : _newest;
        return changed.Count > 0;
    }

    private bool Forget(DateTimeOffset now)
    {
        var old = _incidents.Values.Where(i => i.IsOver && i.LastAt < now - Reach).Select(i => i.Id).ToList();
        old.ForEach(id => _incidents.Remove(id));
        return old.Count > 0;
    }

    /// <summary>Folding never takes more than a tenth of one processor.</summary>
    private bool IsTimeToFold() => _foldedAt == 0 || time.GetElapsedTime(_foldedAt) >= 10 * _foldingTook;

    private JournalView Fold(DateTimeOffset now)
    {
        var from = time.GetTimestamp();
        var view = List(new JournalView());
        var until = now.AddTicks(1);
        _day = new DateTimeOffset(now.UtcDateTime.Date, TimeSpan.Zero);
        var days = view.Incidents.ToLookup(i => i.OpenedAt.UtcDateTime.Date);
        view = view with
        {
            Month = ReviewReport.Of(view.Incidents, now.AddDays(-30), until),
            Quarter = ReviewReport.Of(view.Incidents, now - Reach, until),
            Days = [.. Enumerable.Range(0, 90).Select(back => _day.AddDays(back - 89)).Select(day => KpiReport.Of(days[day.UtcDateTime.Date], day, day.AddDays(1)))],
        };
        (_foldedAt, _foldingTook, _isStale) = (time.GetTimestamp(), time.GetElapsedTime(from), false);
        return view;
    }

    private JournalView List(JournalView view)
    {
        var incidents = _incidents.Values.OrderByDescending(i => i.OpenedAt).ThenByDescending(i => i.Id).ToList();
        return view with { Incidents = incidents, Unfinished = [.. incidents.Where(i => i.Stage < IncidentStage.Watch)] };
    }

    private void Show(JournalView view)
    {
        _current = view;
        live.Ring();
    }

    private static Incident Slim(Incident incident) => incident with
    {
        Before = null,
        Latest = null,
        Findings = [],
        Stabilized = null,
        Proof = null,
        Verified = incident.Verified is { } v ? v with { After = Snapshot.Empty, Rows = [], Proof = null } : null,
        Found = [.. incident.Found.Select(f => f with { Evidence = [] })],
    };
}

using FieldMedic.Incidents;
using FieldMedic.Journal;

namespace FieldMedic.Testing;

/// <summary>Journal, locks and controls in memory. Survives the "crash" of whoever uses it, as a file would.</summary>
public sealed class InMemoryStore(TimeProvider time) : IJournal, ISystemLocks, IControls
{
    // Long: tests leap over half a minute at once, faster than the renewal in the background can follow.
    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(10);
    private readonly Lock _gate = new();
    private readonly Dictionary<IncidentId, List<JournalEntry>> _entries = [];
    private readonly Dictionary<string, SystemLease> _leases = new(StringComparer.Ordinal);
    private readonly Dictionary<string, long> _fences = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _paused = new(StringComparer.Ordinal);
    private readonly List<ControlChange> _changes = [];

    /// <summary>Throws as a broken store would, while set.</summary>
    public string? Broken { get; set; }

    /// <summary>Called with each entry once it is there, whoever wrote it.</summary>
    public Action<JournalEntry>? Appended { get; set; }

    public Task<AppendOutcome> AppendAsync(IncidentId incident, long sequence, IncidentEvent happened, SystemLease? lease, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            Check();
            if (lease is not null && (_fences.GetValueOrDefault(lease.System) != lease.Fence || !_leases.TryGetValue(lease.System, out var held) || held.ExpiresAt <= time.GetUtcNow()))
            {
                return Task.FromResult(AppendOutcome.Fenced);
            }

            var entries = _entries.GetValueOrDefault(incident) ?? [];
            if (sequence <= entries.Count)
            {
                return Task.FromResult(AppendOutcome.SequenceTaken);
            }

            if (sequence != entries.Count + 1)
            {
                throw new JournalException($"Sequence {sequence} would leave a gap after {entries.Count}.");
            }

            if (sequence == 1 && happened is not IncidentEvent.IncidentOpened)
            {
                throw new JournalException($"{incident} was never opened.");
            }

            // Through the real format, so that nothing lives on that would not survive a restart.
            entries.Add(new JournalEntry(incident, sequence, time.GetUtcNow(), JournalJson.Read(JournalJson.Write(happened))));
            _entries[incident] = entries;
            Appended?.Invoke(entries[^1]);
            return Task.FromResult(AppendOutcome.Appended);
        }
    }

    public Task<IReadOnlyList<JournalEntry>> ReadAsync(IncidentId incident, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            Check();
            return Task.FromResult<IReadOnlyList<JournalEntry>>(_entries.TryGetValue(incident, out var entries) ? [.. entries] : []);
        }
    }

    public Task<IReadOnlyList<IncidentHeader>> ListAsync(string? system, IReadOnlyCollection<IncidentLifecycle>? lifecycles, int limit, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            Check();
            return Task.FromResult<IReadOnlyList<IncidentHeader>>(
            [
                .. _entries.Values.Select(Header)
                    .Where(h => (system is null || h.System == system) && (lifecycles is null || lifecycles.Contains(h.Lifecycle)))
                    .OrderByDescending(h => h.OpenedAt).ThenByDescending(h => h.Id)
                    .Take(limit),
            ]);
        }
    }

    public async Task<IReadOnlyList<IncidentHeader>> OfIssueAsync(string system, IssueRef issue, CancellationToken cancellationToken)
        => [.. (await ListAsync(system, null, int.MaxValue, cancellationToken)).Where(h => h.Issues.Contains(issue))];

    public Task<IReadOnlyList<IncidentHeader>> ChangedAsync(string system, DateTimeOffset since, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            Check();
            return Task.FromResult<IReadOnlyList<IncidentHeader>>([.. _entries.Values.Select(Header).Where(h => h.System == system && h.LastAt >= since).OrderBy(h => h.LastAt).ThenBy(h => h.Id)]);
        }
    }

    public Task<IReadOnlyList<ActionLogRow>> ActionsAsync(string system, DateTimeOffset since, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            Check();
            return Task.FromResult<IReadOnlyList<ActionLogRow>>(
            [
                .. _entries.Values.Select(e => Incident.Fold(e)!)
                    .Where(i => i.System == system)
                    .SelectMany(i => i.Actions.Select(a => new ActionLogRow(a.StartedAt, i.Id, a.Action.Remedy, a.Action.Kind, a.Action.Service, a.Action.Target, a.Succeeded, a.Detail)))
                    .Where(r => r.At >= since)
                    .OrderBy(r => r.At),
            ]);
        }
    }

    public Task<IReadOnlyList<Verdict>> VerdictsAsync(string system, DateTimeOffset since, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            Check();
            return Task.FromResult<IReadOnlyList<Verdict>>(
            [
                .. _entries.Values.Where(e => Header(e).System == system).SelectMany(e => e)
                    .Where(e => e.At >= since).OrderBy(e => e.At)
                    .Select(e => e.Event).OfType<IncidentEvent.Verified>().Select(v => v.Verdict),
            ]);
        }
    }

    public Task<SystemLease?> TryAcquireAsync(string system, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            Check();
            if (_leases.TryGetValue(system, out var held) && held.ExpiresAt > time.GetUtcNow())
            {
                return Task.FromResult<SystemLease?>(null);
            }

            var fence = _fences[system] = _fences.GetValueOrDefault(system) + 1;
            return Task.FromResult<SystemLease?>(_leases[system] = new SystemLease(system, $"test:{fence}", fence, time.GetUtcNow() + Lifetime, Lifetime));
        }
    }

    public Task<SystemLease?> RenewAsync(SystemLease lease, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            Check();
            if (_fences.GetValueOrDefault(lease.System) != lease.Fence || !_leases.TryGetValue(lease.System, out var held) || held.ExpiresAt <= time.GetUtcNow())
            {
                return Task.FromResult<SystemLease?>(null);
            }

            return Task.FromResult<SystemLease?>(_leases[lease.System] = lease with { ExpiresAt = time.GetUtcNow() + Lifetime });
        }
    }

    public Task ReleaseAsync(SystemLease lease, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            Check();
            if (_fences.GetValueOrDefault(lease.System) == lease.Fence)
            {
                _leases.Remove(lease.System);
            }

            return Task.CompletedTask;
        }
    }

    /// <summary>What the death of the holding process does.</summary>
    public void HolderDies()
    {
        lock (_gate)
        {
            _leases.Clear();
        }
    }

    public Task<string?> PausedAsync(string system, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            Check();
            return Task.FromResult(_paused.GetValueOrDefault(system) ?? _paused.GetValueOrDefault("*"));
        }
    }

    public Task PauseAsync(string system, string by, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            Check();
            if (_paused.TryAdd(system, $"by {by} at {time.GetUtcNow():yyyy-MM-ddTHH:mm:ssZ}"))
            {
                _changes.Add(new ControlChange(time.GetUtcNow(), system, by, IsPause: true));
            }

            return Task.CompletedTask;
        }
    }

    public Task ResumeAsync(string system, string by, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            Check();
            if (_paused.Remove(system))
            {
                _changes.Add(new ControlChange(time.GetUtcNow(), system, by, IsPause: false));
            }

            return Task.CompletedTask;
        }
    }

    public Task<IReadOnlyList<ControlChange>> HistoryAsync(string system, int limit, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            Check();
            return Task.FromResult<IReadOnlyList<ControlChange>>([.. _changes.Where(c => c.System == system || c.System == "*").Reverse().Take(limit)]);
        }
    }

    /// <summary>Every event of every incident, in order of time.</summary>
    public IReadOnlyList<JournalEntry> All()
    {
        lock (_gate)
        {
            return [.. _entries.Values.SelectMany(e => e).OrderBy(e => e.At).ThenBy(e => e.Sequence)];
        }
    }

    private static IncidentHeader Header(List<JournalEntry> entries)
    {
        var incident = Incident.Fold(entries)!;
        var lifecycle = entries.Select(e => IncidentHeader.After(e.Event)).Last(l => l is not null)!.Value;
        return new IncidentHeader(incident.Id, incident.System, lifecycle, incident.OpenedAt, incident.LastAt, [.. incident.Issues.Select(i => i.Issue)]);
    }

    private void Check()
    {
        if (Broken is { } why)
        {
            throw new JournalException(why);
        }
    }
}

using System.Collections.Immutable;
using FieldMedic.Incidents;
using FieldMedic.Journal;

namespace FieldMedic.Server.Dispatch;

/// <summary>
/// The token of everything that is worked on. A shutdown lets an action that is being executed end (its outcome would be unknown
/// otherwise), for as long as the grace lasts; all else is parked at once, which costs nothing: every step is in the journal.
/// </summary>
internal sealed class WorkInProgress : IFlowObserver, IHostedService, IDisposable
{
    private readonly CancellationTokenSource _park = new();
    private readonly ServerSettings _settings;
    private readonly TimeProvider _time;
    private readonly TaskCompletionSource _quiet = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private ImmutableHashSet<IncidentId> _acting = [];
    private volatile bool _isStopping;

    public WorkInProgress(ServerSettings settings, TimeProvider time) => (_settings, _time, Token) = (settings, time, _park.Token);

    /// <summary>Cancelled when work has to be parked.</summary>
    public CancellationToken Token { get; }

    public bool IsStopping => _isStopping;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        _isStopping = true;
        if (!Volatile.Read(ref _acting).IsEmpty)
        {
            try
            {
                await _quiet.Task.WaitAsync(_settings.Grace, _time, cancellationToken).ConfigureAwait(false);
            }
            catch (Exception e) when (e is TimeoutException or OperationCanceledException)
            {
                // Its outcome is unknown then; the next start looks at the system before it decides anything.
            }
        }

        await _park.CancelAsync().ConfigureAwait(false);
    }

    public void Appended(Incident incident, JournalEntry entry)
    {
        ArgumentNullException.ThrowIfNull(incident);
        ImmutableInterlocked.Update(ref _acting, (acting, now) => now.OpenAction is null ? acting.Remove(now.Id) : acting.Add(now.Id), incident);
        if (_isStopping && Volatile.Read(ref _acting).IsEmpty)
        {
            _quiet.TrySetResult();
        }
    }

    public void StageEntered(Incident incident, IncidentStage stage)
    {
    }

    public void Sampled(Incident incident, TimeSpan quietFor, TimeSpan window, string? notYet)
    {
    }

    public void Dispose() => _park.Dispose();
}

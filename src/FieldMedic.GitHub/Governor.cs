using System.Collections.Concurrent;
using FieldMedic.GitHub.Http;

namespace FieldMedic.GitHub;

/// <summary>
/// One for the whole process: when GitHub asks one call to wait (Retry-After, a limit used up, a secondary limit), all wait; and writes go one
/// after the other, as far apart as is set (<see cref="WriteLine"/>).
/// </summary>
public sealed class Governor
{
    private readonly ConcurrentDictionary<string, Gate> _gates = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>The one everything uses that names no other.</summary>
    public static Governor Shared { get; } = new();

    /// <summary>Waits until a call may go out; dispose the turn when it is over. A limit that lasts longer than the budget fails at once.</summary>
    internal async Task<Turn> TakeTurnAsync(GitHubCall call, GitHubSettings settings, TimeProvider time, CancellationToken cancellationToken)
    {
        var gate = Of(settings.ApiUrl);
        // What a call about the App asks for is part of another call that may hold the turn.
        if (call is not { IsWrite: true, IsAboutApp: false })
        {
            await WaitUntilOpenAsync(gate, call, settings, time, cancellationToken).ConfigureAwait(false);
            return new Turn(null, null);
        }

        var write = await gate.Writes.NextAsync(call.IsUrgent, settings.WriteSpacing, time, cancellationToken).ConfigureAwait(false);
        try
        {
            await WaitUntilOpenAsync(gate, call, settings, time, cancellationToken).ConfigureAwait(false);
            await Pulse.Own.SettleAsync(cancellationToken).ConfigureAwait(false);
            return new Turn(gate.Writes, write);
        }
        catch
        {
            gate.Writes.Over(write);
            throw;
        }
    }

    /// <summary>Remembers that GitHub asked to wait.</summary>
    internal void Learn(Uri api, GitHubAnswer answer, TimeProvider time)
    {
        if (answer.IsRateLimited)
        {
            Of(api).CloseFor(RetryRule.LimitLasts(answer, time.GetUtcNow()), time);
        }
    }

    private Gate Of(Uri api) => _gates.GetOrAdd(api.Authority, _ => new Gate());

    private static async Task WaitUntilOpenAsync(Gate gate, GitHubCall call, GitHubSettings settings, TimeProvider time, CancellationToken cancellationToken)
    {
        var wait = gate.ClosedFor(time);
        if (wait > settings.WaitBudget)
        {
            throw GitHubFailures.StillLimited(call, time.GetUtcNow() + wait);
        }

        if (wait > TimeSpan.Zero)
        {
            await Task.Delay(wait, time, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>
    /// One server: for how long nobody may ask, and its line of writes. Kept by the monotonic clock: a limit ends when it is over,
    /// to whatever hour the machine's clock is set meanwhile.
    /// </summary>
    private sealed class Gate
    {
        private readonly Lock _lock = new();
        private TimeSpan _closedFor;
        private long _closedAt;

        public WriteLine Writes { get; } = new();

        /// <summary>What is left of the limit; zero or less when there is none.</summary>
        public TimeSpan ClosedFor(TimeProvider time)
        {
            lock (_lock)
            {
                return _closedFor - time.GetElapsedTime(_closedAt);
            }
        }

        public void CloseFor(TimeSpan wait, TimeProvider time)
        {
            lock (_lock)
            {
                if (wait > _closedFor - time.GetElapsedTime(_closedAt))
                {
                    (_closedFor, _closedAt) = (wait, time.GetTimestamp());
                }
            }
        }
    }

    /// <summary>The right to send one call.</summary>
    internal sealed class Turn(WriteLine? line, WriteLine.Place? write) : IDisposable
    {
        public void Dispose()
        {
            if (write is not null)
            {
                line!.Over(write);
            }
        }
    }
}

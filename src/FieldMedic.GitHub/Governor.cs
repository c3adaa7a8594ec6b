using System.Collections.Concurrent;
using FieldMedic.GitHub.Http;

namespace FieldMedic.GitHub;

/// <summary>
/// One for the whole process: when GitHub asks one call to wait (Retry-After, a limit used up, a secondary limit), all wait; and writes go one
/// after the other, as far apart as is set.
/// </summary>
public sealed class Governor
{
    private readonly ConcurrentDictionary<string, Gate> _gates = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>The one everything uses that names no other.</summary>
    public static Governor Shared { get; } = new();

    /// <summary>Waits until a call may go out; dispose the turn when it is over. A wait that is longer than the budget fails at once.</summary>
    internal async Task<Turn> TakeTurnAsync(GitHubCall call, GitHubSettings settings, TimeProvider time, CancellationToken cancellationToken)
    {
        var gate = Of(settings.ApiUrl);
        // What a call about the App asks for is part of another call that may hold the turn.
        var isWrite = call is { IsWrite: true, IsAboutApp: false };
        if (isWrite)
        {
            await gate.Writers.WaitAsync(cancellationToken).ConfigureAwait(false);
        }

        try
        {
            var now = time.GetUtcNow();
            var opens = gate.ClosedUntil;
            if (opens - now > settings.WaitBudget)
            {
                throw GitHubFailures.StillLimited(call, opens);
            }

            var wait = opens - now;
            if (isWrite)
            {
                // A clock that was set back makes the last write seem to lie ahead; the spacing is never longer than it is set.
                var apart = gate.LastWrite + settings.WriteSpacing - now;
                apart = apart < settings.WriteSpacing ? apart : settings.WriteSpacing;
                wait = apart > wait ? apart : wait;
            }

            if (wait > TimeSpan.Zero)
            {
                await Task.Delay(wait, time, cancellationToken).ConfigureAwait(false);
            }

            return new Turn(isWrite ? gate : null, time);
        }
        catch
        {
            if (isWrite)
            {
                gate.Writers.Release();
            }

            throw;
        }
    }

    /// <summary>Remembers that GitHub asked to wait.</summary>
    internal void Learn(Uri api, GitHubAnswer answer, DateTimeOffset now)
    {
        if (answer.IsRateLimited)
        {
            Of(api).CloseUntil(now + RetryRule.LimitLasts(answer, now));
        }
    }

    private Gate Of(Uri api) => _gates.GetOrAdd(api.Authority, _ => new Gate());

    /// <summary>One server: since when nobody may ask, and the one write at a time.</summary>
    internal sealed class Gate
    {
        private readonly Lock _lock = new();
        private DateTimeOffset _closedUntil;

        public SemaphoreSlim Writers { get; } = new(1, 1);

        /// <summary>Touched by the holder of <see cref="Writers"/> alone.</summary>
        public DateTimeOffset LastWrite { get; set; }

        public DateTimeOffset ClosedUntil
        {
            get
            {
                lock (_lock)
                {
                    return _closedUntil;
                }
            }
        }

        public void CloseUntil(DateTimeOffset at)
        {
            lock (_lock)
            {
                _closedUntil = at > _closedUntil ? at : _closedUntil;
            }
        }
    }

    /// <summary>The right to send one call.</summary>
    internal sealed class Turn(Gate? write, TimeProvider time) : IDisposable
    {
        public void Dispose()
        {
            if (write is not null)
            {
                write.LastWrite = time.GetUtcNow();
                write.Writers.Release();
            }
        }
    }
}

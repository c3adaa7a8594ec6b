using FieldMedic.Incidents;

namespace FieldMedic.Systems;

/// <summary>
/// Takes one snapshot: every probe at once, each with its own limit, all under one deadline. A probe that fails or does
/// not come back is unknown; the sweep never waits for it, even when it ignores cancellation.
/// </summary>
public sealed class Sweep(SystemUnderCare system, TimeProvider time)
{
    /// <summary>Before "I cannot tell" is said, a probe that did not come back is asked again: on a busy machine it may the next time.</summary>
    internal const int Looks = 3;

    public async Task<Snapshot> TakeAsync(CancellationToken cancellationToken)
    {
        var started = time.GetUtcNow();
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        using var timer = time.CreateTimer(static state => Cancel((CancellationTokenSource)state!), deadline, system.Pack.Policy.SweepDeadline, Timeout.InfiniteTimeSpan);
        var runs = await Task.WhenAll(system.Probes.Select(probe => MeasureAsync(probe, deadline.Token))).ConfigureAwait(false);
        cancellationToken.ThrowIfCancellationRequested();
        return new Snapshot(started, [.. runs.SelectMany(r => r.Observations)], [.. runs.Select(r => r.Run)]);
    }

    private async Task<(ProbeRun Run, IReadOnlyList<Observation> Observations)> MeasureAsync(IProbe probe, CancellationToken deadline)
    {
        var started = time.GetTimestamp();
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(deadline);
        using var timer = time.CreateTimer(static state => Cancel((CancellationTokenSource)state!), limit, probe.Timeout, Timeout.InfiniteTimeSpan);
        try
        {
            // Task.Run: a probe that blocks before its first await must not delay the others.
            var measuring = Task.Run(() => probe.MeasureAsync(limit.Token), CancellationToken.None);
            _ = measuring.ContinueWith(static t => t.Exception, CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted, TaskScheduler.Default);
            // Copied here, so that a list that breaks while it is read breaks this probe and not the sweep.
            var observations = await measuring.WaitAsync(limit.Token).ConfigureAwait(false);
            return observations is null ? (Ran("it gave nothing"), []) : (Ran(null), [.. observations]);
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested)
        {
            return (Ran($"no answer within {(deadline.IsCancellationRequested ? "the sweep's deadline" : $"{probe.Timeout.TotalSeconds:0.#} s")}"), []);
        }
        catch (Exception e)
        {
            // A broken edge of any kind means only one thing here: not measured.
            return (Ran(FirstLine(e.Message)), []);
        }

        ProbeRun Ran(string? failure) => new(probe.Name, time.GetElapsedTime(started), failure, probe.Required);
    }

    private static void Cancel(CancellationTokenSource source)
    {
        try
        {
            source.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // The measurement ended in the same instant.
        }
    }

    private static string FirstLine(string message)
    {
        var line = message.AsSpan().Trim();
        var end = line.IndexOfAny('\r', '\n');
        line = end < 0 ? line : line[..end];
        return new string(line.Length > 300 ? line[..300] : line);
    }
}

using System.Collections.Immutable;

namespace GitHubSimulator.Control;

/// <summary>Every request to the API that was received, oldest first. Safe to use from several threads.</summary>
public sealed class RequestLog
{
    private const int Capacity = 10_000;

    private ImmutableList<LoggedRequest> entries = [];

    /// <summary>What was received; the oldest of more than ten thousand are gone.</summary>
    public IReadOnlyList<LoggedRequest> All => Volatile.Read(ref entries);

    /// <summary>The requests that asked to change something.</summary>
    public IReadOnlyList<LoggedRequest> Writes => [.. All.Where(request => request.IsWrite)];

    /// <summary>Forgets all requests.</summary>
    public void Clear() => Volatile.Write(ref entries, []);

    internal void Add(LoggedRequest request) =>
        ImmutableInterlocked.Update(ref entries, now => (now.Count < Capacity ? now : now.RemoveAt(0)).Add(request));
}

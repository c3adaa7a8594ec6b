using System.Globalization;
using Docker.DotNet.Models;

namespace FieldMedic.Platform.Docker;

/// <summary>One container as the daemon describes it.</summary>
internal sealed record ContainerFacts(
    string Id,
    string Name,
    string Service,
    string Status,
    bool Running,
    bool Paused,
    bool Restarting,
    bool Dead,
    bool OomKilled,
    long ExitCode,
    long RestartCount,
    DateTimeOffset? StartedAt,
    string Health,
    bool Tty,
    IReadOnlyList<string> Addresses,
    IReadOnlyDictionary<string, string> Environment,
    IReadOnlyDictionary<string, string> Labels)
{
    public bool IsUnhealthy => Health == "unhealthy";

    /// <summary>Runs its process and is not known to be sick.</summary>
    public bool IsUp => Running && !Paused && !Restarting && !IsUnhealthy;

    /// <summary>Not running and will not come back by itself.</summary>
    public bool IsStopped => !Running && !Restarting && Status is "exited" or "created" or "dead";

    public static ContainerFacts From(ContainerInspectResponse container)
    {
        ArgumentNullException.ThrowIfNull(container);
        var labels = container.Config?.Labels ?? new Dictionary<string, string>();
        var state = container.State ?? new State();
        return new ContainerFacts(
            container.ID,
            container.Name.TrimStart('/'),
            labels.TryGetValue(ComposeLabels.Service, out var service) ? service : "",
            state.Status,
            state.Running,
            state.Paused,
            state.Restarting,
            state.Dead,
            state.OOMKilled,
            state.ExitCode,
            container.RestartCount,
            DateTimeOffset.TryParse(state.StartedAt, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var started) && started.Year > 1 ? started : null,
            state.Health?.Status ?? "",
            container.Config?.Tty ?? false,
            [.. container.NetworkSettings?.Networks?.Values.Select(n => $"{n.IPAddress}").Where(a => a.Length > 0) ?? []],
            (container.Config?.Env ?? []).Select(e => e.Split('=', 2)).Where(e => e.Length == 2).GroupBy(e => e[0]).ToDictionary(g => g.Key, g => g.Last()[1], StringComparer.Ordinal),
            labels.ToDictionary(l => l.Key, l => l.Value, StringComparer.Ordinal));
    }
}

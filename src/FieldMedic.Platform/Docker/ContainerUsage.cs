using System.Text.Json;

namespace FieldMedic.Platform.Docker;

/// <summary>Counters of a container's cgroup, as the daemon reads them (<c>GET /containers/ID/stats</c>). CPU in nanoseconds since its start.</summary>
internal sealed record ContainerUsage(double CpuTime, double SystemTime, double Processors, double Periods, double ThrottledPeriods, double MemoryBytes, double MemoryLimit)
{
    public static ContainerUsage From(JsonElement stats)
    {
        var usage = Double(stats, "memory_stats", "usage");
        // Cache that can be dropped at any time is no use of memory: version 1 and version 2 of cgroups name it differently.
        var droppable = Double(stats, "memory_stats", "stats", "total_inactive_file") is var v1 and > 0 ? v1 : Double(stats, "memory_stats", "stats", "inactive_file");
        return new ContainerUsage(
            Double(stats, "cpu_stats", "cpu_usage", "total_usage"),
            Double(stats, "cpu_stats", "system_cpu_usage"),
            Math.Max(1, Double(stats, "cpu_stats", "online_cpus")),
            Double(stats, "cpu_stats", "throttling_data", "periods"),
            Double(stats, "cpu_stats", "throttling_data", "throttled_periods"),
            Math.Max(0, usage - droppable),
            Double(stats, "memory_stats", "limit"));
    }

    /// <summary>Percent of one processor since an earlier reading; null when no time has passed between them or the container started anew.</summary>
    public double? CpuPercentSince(ContainerUsage earlier)
        => SystemTime > earlier.SystemTime && CpuTime >= earlier.CpuTime
            ? Math.Round(100 * (CpuTime - earlier.CpuTime) / (SystemTime - earlier.SystemTime) * Processors, 1)
            : null;

    /// <summary>Percent of the scheduler's periods in which the quota was used up; 0 without a quota.</summary>
    public double ThrottledPercentSince(ContainerUsage earlier)
        => Periods > earlier.Periods && ThrottledPeriods >= earlier.ThrottledPeriods
            ? Math.Round(100 * (ThrottledPeriods - earlier.ThrottledPeriods) / (Periods - earlier.Periods), 1)
            : 0;

    private static double Double(JsonElement stats, params string[] path)
        => stats.At(path) is { ValueKind: JsonValueKind.Number } number ? number.GetDouble() : 0;
}

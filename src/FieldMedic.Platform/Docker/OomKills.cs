using System.Globalization;
using System.Text.RegularExpressions;

namespace FieldMedic.Platform.Docker;

/// <summary>
/// Kills for lack of memory. The container's own cgroup counts them since its start, also those of a child that its flag never shows;
/// when they were is in the kernel's log alone, where that can be read.
/// </summary>
internal static partial class OomKills
{
    /// <summary>Both versions of cgroups; one of the two files is there.</summary>
    public static IReadOnlyList<string> Argv { get; } = ["cat", "/sys/fs/cgroup/memory.events", "/sys/fs/cgroup/memory/memory.oom_control"];

    /// <summary>The counter, or null when the text has none.</summary>
    public static long? Count(string text)
        => Counter().Match(text) is { Success: true } match && long.TryParse(match.Groups["n"].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture, out var count) ? count : null;

    /// <summary>How many of the kernel's kills since a moment were in a container; null when there is no log to read.</summary>
    public static async Task<long?> InKernelLogAsync(DockerEngine docker, string containerId, TimeSpan recent, CancellationToken cancellationToken)
    {
        if (await KernelLog.ReadAsync(docker, cancellationToken).ConfigureAwait(false) is not { } log)
        {
            return null;
        }

        var oldest = (log.Uptime - recent.TotalSeconds) * 1e6;
        return log.Records.Count(r => r.Contains("oom-kill:", StringComparison.Ordinal) && r.Contains(containerId, StringComparison.Ordinal) && Stamp(r) >= oldest);
    }

    private static double Stamp(string record)
        => record.Split(',', 4) is [_, _, var stamp, ..] && double.TryParse(stamp, NumberStyles.None, CultureInfo.InvariantCulture, out var microseconds) ? microseconds : 0;

    [GeneratedRegex(@"^oom_kill (?<n>\d{1,18})$", RegexOptions.Multiline | RegexOptions.ExplicitCapture)]
    private static partial Regex Counter();
}

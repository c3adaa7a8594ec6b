using System.Globalization;
using System.Text.RegularExpressions;

namespace FieldMedic.Platform.Docker;

/// <summary>
/// Kills for lack of memory. The container's own cgroup counts them since its start, also those of a child that its flag never shows;
/// when they were is in the kernel's log alone, where that can be read.
/// </summary>
internal static partial class OomKills
{
    private const string KernelLog = "/dev/kmsg";

    /// <summary>Both versions of cgroups; one of the two files is there.</summary>
    public static IReadOnlyList<string> Argv { get; } = ["cat", "/sys/fs/cgroup/memory.events", "/sys/fs/cgroup/memory/memory.oom_control"];

    /// <summary>The counter, or null when the text has none.</summary>
    public static long? Count(string text)
        => Counter().Match(text) is { Success: true } match && long.TryParse(match.Groups["n"].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture, out var count) ? count : null;

    /// <summary>How many of the kernel's kills since a moment were in a container; null when its log cannot be read here.</summary>
    public static long? InKernelLog(string containerId, DateTimeOffset since, DateTimeOffset now)
    {
        try
        {
            // The log counts from the machine's start.
            var uptime = double.Parse(File.ReadAllText("/proc/uptime").Split(' ')[0], CultureInfo.InvariantCulture);
            var oldest = (uptime - (now - since).TotalSeconds) * 1e6;
            return Records().Count(r => r.Contains("oom-kill:", StringComparison.Ordinal) && r.Contains(containerId, StringComparison.Ordinal) && Stamp(r) >= oldest);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or FormatException)
        {
            return null;
        }
    }

    private static double Stamp(string record)
        => record.Split(',', 4) is [_, _, var stamp, ..] && double.TryParse(stamp, NumberStyles.None, CultureInfo.InvariantCulture, out var microseconds) ? microseconds : 0;

    /// <summary>Each read gives one record; the end shows as "would block".</summary>
    private static List<string> Records()
    {
        const int nonBlocking = 0x800;
        var records = new List<string>();
        var buffer = new byte[8192];
        using var log = new KernelFile(KernelLog, nonBlocking);
        while (log.Read(buffer) is > 0 and var length)
        {
            records.Add(System.Text.Encoding.UTF8.GetString(buffer, 0, length));
        }

        return records;
    }

    [GeneratedRegex(@"^oom_kill (?<n>\d{1,18})$", RegexOptions.Multiline | RegexOptions.ExplicitCapture)]
    private static partial Regex Counter();
}

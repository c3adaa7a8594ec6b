using System.Diagnostics;
using System.Globalization;

namespace FieldMedic.Storage;

/// <summary>Who we are to the other holders of leases, and whether one of them still lives.</summary>
internal static class ThisProcess
{
    private static readonly Lazy<string> WhichMachine = new(() => $"{Environment.MachineName} {BootId()} {Processes()}".TrimEnd());

    /// <summary>For people: host:pid.</summary>
    public static string Name => $"{Environment.MachineName}:{Environment.ProcessId}";

    /// <summary>
    /// Names the machine, its present start, and the set of processes we can see: two containers may have one host name, and in each
    /// of them the process of the other seems to be dead.
    /// </summary>
    public static string Machine => WhichMachine.Value;

    public static string Start { get; } = StartOf(Environment.ProcessId) ?? "";

    /// <summary>Whether a holder was a process of this machine that no longer lives.</summary>
    public static bool IsDead(string machine, long pid, string start) => machine == Machine && StartOf((int)pid) != start;

    /// <summary>The start time of a process, which tells a reused pid from the old one; null when there is no such process.</summary>
    private static string? StartOf(int pid)
    {
        try
        {
            if (OperatingSystem.IsLinux())
            {
                // The name in parentheses may hold anything; the start time is the 20th field after it, the state the first.
                var fields = File.ReadAllText($"/proc/{pid}/stat");
                var rest = fields[(fields.LastIndexOf(')') + 2)..].Split(' ');
                return rest[0] is "Z" or "X" ? null : rest[19];
            }

            using var process = Process.GetProcessById(pid);
            return process.StartTime.ToUniversalTime().Ticks.ToString(CultureInfo.InvariantCulture);
        }
        catch (Exception e) when (e is IOException or ArgumentException or InvalidOperationException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static string BootId() => Try(() => File.ReadAllText("/proc/sys/kernel/random/boot_id").Trim());

    private static string Processes() => Try(() => new FileInfo("/proc/self/ns/pid").LinkTarget ?? "");

    private static string Try(Func<string> read)
    {
        try
        {
            return read();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }
}

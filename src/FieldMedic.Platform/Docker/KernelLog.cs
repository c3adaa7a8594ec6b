using System.Globalization;
using System.Text;

namespace FieldMedic.Platform.Docker;

/// <summary>
/// What the kernel of the machine that runs the containers logged: this one's, or the one's at the other end of ssh. Elsewhere, and where
/// it may not be read, there is none; an empty log would say that nothing happened.
/// </summary>
internal sealed record KernelLog(double Uptime, IReadOnlyList<string> Records)
{
    /// <summary>One record a read, until there is none; deploy/ssh allows exactly this text.</summary>
    public const string Remotely = ": < /dev/kmsg && cat /proc/uptime && { dd if=/dev/kmsg iflag=nonblock bs=8k 2>/dev/null | grep -a oom-kill: | tail -n 200; }";

    private const string Device = "/dev/kmsg";

    /// <summary>Null when it cannot be read.</summary>
    public static async Task<KernelLog?> ReadAsync(DockerEngine docker, CancellationToken cancellationToken)
    {
        try
        {
            if (docker.Ssh is { } ssh)
            {
                var line = await ssh.ReachAsync(cancellationToken).ConfigureAwait(false);
                var ran = await line.RunAsync(Remotely, cancellationToken).ConfigureAwait(false);
                var said = ran.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
                return ran.ExitCode == 0 && said.Length > 0 ? new KernelLog(Seconds(said[0]), said[1..]) : null;
            }

            return await docker.RunsHereAsync(cancellationToken).ConfigureAwait(false)
                ? new KernelLog(Seconds(await File.ReadAllTextAsync("/proc/uptime", cancellationToken).ConfigureAwait(false)), Here())
                : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or FormatException)
        {
            return null;
        }
    }

    /// <summary>The time since the machine's start, from which its log counts.</summary>
    private static double Seconds(string uptime) => double.Parse(uptime.Split(' ')[0], CultureInfo.InvariantCulture);

    /// <summary>Each read gives one record; the end shows as "would block".</summary>
    private static List<string> Here()
    {
        const int nonBlocking = 0x800;
        var records = new List<string>();
        var buffer = new byte[8192];
        using var log = new KernelFile(Device, nonBlocking);
        while (log.Read(buffer) is > 0 and var length)
        {
            records.Add(Encoding.UTF8.GetString(buffer, 0, length));
        }

        return records;
    }
}

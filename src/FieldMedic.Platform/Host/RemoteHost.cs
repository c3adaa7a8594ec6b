using System.Globalization;
using System.Text.RegularExpressions;
using FieldMedic.Platform.Ssh;

namespace FieldMedic.Platform.Host;

/// <summary>The other machine, over the ssh connection: one command whose text is fixed, but for a path that is checked.</summary>
internal static partial class RemoteHost
{
    public static async Task<HostFigures> ReadAsync(SshLine line, string path, CancellationToken cancellationToken)
    {
        var ran = await line.RunAsync(Command(path), cancellationToken).ConfigureAwait(false);
        return ran.ExitCode == 0 ? Read(ran.Output) : throw new IOException("over ssh: the host does not tell its figures; the account may not run the command for them");
    }

    /// <summary>deploy/ssh allows exactly this text.</summary>
    public static string Command(string path)
        => Plain().IsMatch(path) && !path.Contains("..", StringComparison.Ordinal)
            ? $"cat /proc/meminfo && cat /proc/loadavg && nproc && df -P -k {path} && df -P -i {path}"
            : throw new IOException("a path with such characters is not asked about over ssh");

    internal static HostFigures Read(string output)
    {
        try
        {
            var lines = output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
            var load = Array.FindIndex(lines, l => l.Contains('/', StringComparison.Ordinal) && char.IsAsciiDigit(l[0]));
            var (total, available) = LocalHost.Memory(lines[..load]);
            var (usedBlocks, freeBlocks) = Columns(lines[load + 3]);
            var (usedInodes, freeInodes) = Columns(lines[^1]);
            return new HostFigures(
                new FileSystemFigures(FileSystemFigures.Percent(usedBlocks, usedBlocks + freeBlocks), freeBlocks * 1024, FileSystemFigures.Percent(usedInodes, usedInodes + freeInodes)),
                total,
                available,
                LocalHost.Load(lines[load]),
                int.Parse(lines[load + 1], CultureInfo.InvariantCulture));
        }
        catch (Exception e) when (e is FormatException or OverflowException or ArgumentException or InvalidOperationException or IndexOutOfRangeException)
        {
            throw new IOException("over ssh: the host's figures are not as expected", e);
        }
    }

    /// <summary>Used and free of a line of <c>df -P</c>; the device's name may hold blanks, and some file systems have no fixed number of inodes.</summary>
    private static (double Used, double Free) Columns(string line)
    {
        var columns = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var percent = Enumerable.Range(3, columns.Length - 3).First(i => (columns[i] == "-" || columns[i].EndsWith('%')) && columns[(i - 3)..i].All(c => c == "-" || c.All(char.IsAsciiDigit)));
        return columns[percent] == "-" ? (0, 0) : (Number(columns[percent - 2]), Number(columns[percent - 1]));

        static double Number(string text) => double.Parse(text, NumberStyles.None, CultureInfo.InvariantCulture);
    }

    [GeneratedRegex(@"^/[A-Za-z0-9._/-]{0,200}\z", RegexOptions.CultureInvariant)]
    private static partial Regex Plain();
}

using System.Globalization;

namespace FieldMedic.Platform.Host;

/// <summary>This machine, from the kernel's own files.</summary>
internal static class LocalHost
{
    public static async Task<HostFigures> ReadAsync(string path, CancellationToken cancellationToken)
    {
        var memory = await MemoryAsync(cancellationToken).ConfigureAwait(false);
        var load = await File.ReadAllTextAsync("/proc/loadavg", cancellationToken).ConfigureAwait(false);
        return new HostFigures(FileSystemFigures.Of(path), memory.Total, memory.Available, Load(load), Environment.ProcessorCount);
    }

    public static async Task<(double Total, double Available)> MemoryAsync(CancellationToken cancellationToken)
        => Memory(await File.ReadAllLinesAsync("/proc/meminfo", cancellationToken).ConfigureAwait(false));

    /// <summary>Bytes out of the lines of <c>/proc/meminfo</c>.</summary>
    public static (double Total, double Available) Memory(IReadOnlyList<string> lines)
    {
        return (Kibibytes("MemTotal:"), Kibibytes("MemAvailable:"));

        double Kibibytes(string name) => lines.FirstOrDefault(l => l.StartsWith(name, StringComparison.Ordinal)) is { } line
            ? 1024d * double.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture)
            : throw new IOException("the machine's memory cannot be read");
    }

    /// <summary>The first figure of <c>/proc/loadavg</c>.</summary>
    public static double Load(string text) => double.Parse(text.Split(' ')[0], CultureInfo.InvariantCulture);
}

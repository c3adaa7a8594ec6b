using System.Text.RegularExpressions;

namespace FieldMedic.Platform.Disk;

/// <summary>Log files that were rotated away: by their names, never the one that is written to.</summary>
internal static partial class RotatedLogs
{
    /// <summary>Those of the daemon's containers, when its folder can be seen from here.</summary>
    public static IEnumerable<Rubbish> OfDaemon(string root)
    {
        var containers = new DirectoryInfo(Path.Combine(root, "containers"));
        return root.Length > 0 && containers.Exists
            ? containers.EnumerateDirectories().Where(d => ContainerId().IsMatch(d.Name)).SelectMany(d => Files(d, DaemonLog()))
            : [];
    }

    /// <summary>Those in one folder, not in folders below it.</summary>
    public static IEnumerable<Rubbish> In(string folder) => Files(new DirectoryInfo(folder), RotatedLog());

    public static bool IsRotated(string name) => DaemonLog().IsMatch(name) || RotatedLog().IsMatch(name);

    private static IEnumerable<Rubbish> Files(DirectoryInfo folder, Regex pattern)
        => folder.Exists && folder.LinkTarget is null
            ? folder.EnumerateFiles().Where(f => f.LinkTarget is null && pattern.IsMatch(f.Name)).OrderBy(f => f.Name, StringComparer.Ordinal)
                .Select(f => new Rubbish(RubbishKind.Log, f.FullName, $"log {(f.Name.Length > 40 ? f.Name[..12] + f.Name[64..] : f.Name)}", f.Length))
            : [];

    [GeneratedRegex(@"^[0-9a-f]{64}\z", RegexOptions.CultureInvariant)]
    private static partial Regex ContainerId();

    [GeneratedRegex(@"^[0-9a-f]{64}-json\.log\.[0-9]{1,3}(\.gz)?\z", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex DaemonLog();

    [GeneratedRegex(@"^[A-Za-z0-9_][A-Za-z0-9_.\-]{0,35}\.log(\.[0-9]{1,3}|-[0-9]{8})(\.gz)?\z", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex RotatedLog();
}

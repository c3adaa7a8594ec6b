using System.Runtime.CompilerServices;

namespace FieldMedic.Tests;

/// <summary>The project's own source files, for tests that hold its layout.</summary>
internal static class Sources
{
    public static string Root { get; } = FindRoot();

    /// <summary>All C# files under <c>src</c>, as paths from the root with forward slashes.</summary>
    public static IReadOnlyList<string> All { get; } =
    [
        .. Directory.EnumerateFiles(Path.Combine(Root, "src"), "*.cs", SearchOption.AllDirectories)
            .Select(f => Path.GetRelativePath(Root, f).Replace('\\', '/'))
            .Where(f => !f.Contains("/obj/", StringComparison.Ordinal) && !f.Contains("/bin/", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal),
    ];

    public static IReadOnlyList<string> Engine { get; } = [.. All.Where(f => f.StartsWith("src/FieldMedic/", StringComparison.Ordinal))];

    public static string Read(string file) => File.ReadAllText(Path.Combine(Root, file));

    public static IReadOnlyList<string> Mentioning(params string[] texts) => [.. All.Where(f => texts.Any(t => Read(f).Contains(t, StringComparison.Ordinal)))];

    private static string FindRoot([CallerFilePath] string here = "")
    {
        var folder = new DirectoryInfo(File.Exists(here) ? Path.GetDirectoryName(here)! : AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "FieldMedic.slnx")))
        {
            folder = folder.Parent ?? throw new InvalidOperationException("The sources are not here.");
        }

        return folder.FullName;
    }
}

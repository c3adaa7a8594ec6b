using System.Runtime.CompilerServices;

namespace FieldMedic.Mcp.Tests.Harness;

/// <summary>The npm packages beside these tests.</summary>
internal static class NodeFolder
{
    public static string Path { get; } = System.IO.Path.Combine(Here(), "node");

    public static string Script(string name) => System.IO.Path.Combine(Path, name);

    /// <summary>The file of an installed package; the test is skipped (in CI: fails) where it is not.</summary>
    public static string Installed(params string[] parts)
    {
        var file = System.IO.Path.Combine([Path, "node_modules", .. parts]);
        Need(File.Exists(file), $"npm packages are missing: run 'npm ci' in {Path}.");
        return file;
    }

    public static string Program(string name)
    {
        var path = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(System.IO.Path.PathSeparator).Select(f => System.IO.Path.Combine(f, name)).FirstOrDefault(File.Exists);
        Need(path is not null, $"The program '{name}' is not installed.");
        return path!;
    }

    private static void Need(bool isThere, string reason)
    {
        if (Environment.GetEnvironmentVariable("CI") == "true")
        {
            Assert.True(isThere, reason);
        }

        Assert.SkipUnless(isThere, reason);
    }

    private static string Here([CallerFilePath] string file = "") => System.IO.Path.GetDirectoryName(System.IO.Path.GetDirectoryName(file))!;
}

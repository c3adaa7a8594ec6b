using System.Runtime.CompilerServices;

namespace FieldMedic.Storage.Tests.Transfer;

/// <summary>Exported journals of real runs. They are never edited: what stands there must be read, and mean the same, for ever.</summary>
internal static class Fixtures
{
    public static IEnumerable<string> Names() => Directory.GetFiles(Folder(), "*.jsonl").Select(f => Path.GetFileNameWithoutExtension(f)!).Order(StringComparer.Ordinal);

    public static string PathOf(string name) => Path.Combine(Folder(), name + ".jsonl");

    public static async Task<string> TextAsync(string name) => await File.ReadAllTextAsync(PathOf(name), TestContext.Current.CancellationToken);

    private static string Folder([CallerFilePath] string caller = "") => Path.Combine(Path.GetDirectoryName(caller)!, "..", "Fixtures");
}

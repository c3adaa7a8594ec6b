namespace FieldMedic.Bench;

/// <summary>bench/RESULTS.md: one section for each benchmark, replaced as a whole.</summary>
internal static class ResultsFile
{
    private const string Path = "bench/RESULTS.md";

    public static async Task WriteAsync(string title, string text, CancellationToken cancellationToken)
    {
        var old = File.Exists(Path) ? await File.ReadAllTextAsync(Path, cancellationToken).ConfigureAwait(false) : "";
        var sections = old.Split("\n## ").Skip(1).Select(s => s.Split('\n', 2)).ToDictionary(s => s[0].Trim(), s => s[1].Trim(), StringComparer.Ordinal);
        sections[title] = text.Trim();
        var lines = sections.OrderBy(s => s.Key, StringComparer.Ordinal).Select(s => $"## {s.Key}\n\n{s.Value}\n");
        await File.WriteAllTextAsync(Path, $"# Measurements\n\n{string.Join('\n', lines)}", cancellationToken).ConfigureAwait(false);
    }
}

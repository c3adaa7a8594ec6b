using System.Text.Json;

namespace FieldMedic.Packs.Tests.Triage;

internal static class Corpus
{
    private static readonly JsonSerializerOptions Format = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    public static IReadOnlyList<CorpusText> Read()
        => [.. File.ReadLines(Path.Combine(AppContext.BaseDirectory, "corpora", "triage-dev.jsonl")).Select(l => JsonSerializer.Deserialize<CorpusText>(l, Format)!)];
}

using System.Text.Json;
using System.Text.Json.Serialization;

namespace FieldMedic.Intake.Corpus;

/// <summary>Reads labelled reports, one JSON object a line; see <c>docs/triage.md</c>.</summary>
public static class CorpusReader
{
    private const int Shown = 10;

    private static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        Converters = { new JsonStringEnumConverter<ExpectedAction>(JsonNamingPolicy.SnakeCaseLower, allowIntegerValues: false) },
    };

    /// <param name="name">The file's name, for messages.</param>
    /// <exception cref="FormatException">The first bad lines, each as <c>file:line: what is wrong</c>.</exception>
    public static IReadOnlyList<CorpusCase> Read(string name, IEnumerable<string> lines)
    {
        ArgumentNullException.ThrowIfNull(lines);
        var cases = new List<CorpusCase>();
        var wrong = new List<string>();
        var number = 0;
        foreach (var line in lines)
        {
            number++;
            if (string.IsNullOrWhiteSpace(line))
            {
                continue;
            }

            if (ReadOne(line, out var mistake) is { } read)
            {
                cases.Add(read);
            }
            else
            {
                wrong.Add($"{name}:{number}: {mistake}");
            }
        }

        if (wrong.Count == 0 && cases.Count == 0)
        {
            wrong.Add($"{name}: there is no case in it; one JSON object a line is expected.");
        }

        return wrong.Count == 0
            ? cases
            : throw new FormatException(string.Join('\n', wrong.Take(Shown).Concat(wrong.Count > Shown ? [$"and {wrong.Count - Shown} more"] : [])));
    }

    private static CorpusCase? ReadOne(string line, out string mistake)
    {
        try
        {
            var read = JsonSerializer.Deserialize<Line>(line, Options);
            mistake = read switch
            {
                null => "null is no case.",
                { Category: not { Length: > 0 } } => "'category' is missing: the kind that is right, or unknown.",
                { ExpectedAction: null } => "'expected_action' is missing (fix, needs_diagnostics, escalate, no_fault_reply).",
                { Title: not { Length: > 0 }, Body: not { Length: > 0 } } => "there is neither 'title' nor 'body'.",
                _ => "",
            };
            return mistake.Length > 0
                ? null
                : new CorpusCase(read!.Id ?? "", read.Title ?? "", read.Body ?? "", read.Comments ?? [], read.Category!, read.AlsoOk ?? [], read.TextOnlyAnswerable ?? true, read.ExpectedAction!.Value);
        }
        catch (JsonException e)
        {
            mistake = e.Path is { Length: > 0 } path && path != "$" ? $"'{path.TrimStart('$', '.')}' is not what is expected there." : $"not JSON (column {e.BytePositionInLine + 1}).";
            return null;
        }
    }

    private sealed record Line(
        string? Id, string? Title, string? Body, IReadOnlyList<string>? Comments, string? Category, IReadOnlyList<string>? AlsoOk, bool? TextOnlyAnswerable, ExpectedAction? ExpectedAction);
}

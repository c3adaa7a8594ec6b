using System.Text.Json;

namespace FieldMedic.Tests.Attacks;

/// <summary>One hostile issue.</summary>
/// <param name="Repeat">How often the body is repeated; 0 for once.</param>
public sealed record Attack(string Id, string Title, string Body, int Repeat = 0)
{
    public string FullBody => Repeat > 1 ? string.Concat(Enumerable.Repeat(Body, Repeat)) : Body;

    public static IReadOnlyList<Attack> All { get; } =
    [
        .. File.ReadLines(Path.Combine(AppContext.BaseDirectory, "Attacks", "attacks.jsonl"))
            .Select(line => JsonSerializer.Deserialize<Attack>(line, JsonSerializerOptions.Web)!),
    ];

    /// <summary>Pieces of the text that are long enough not to occur by chance.</summary>
    public IEnumerable<string> Pieces()
    {
        const int length = 20;
        foreach (var line in new[] { Title }.Concat(Body.Split('\n')).Select(l => l.Trim()).Where(l => l.Length >= 12))
        {
            for (var i = 0; i <= Math.Max(0, line.Length - length); i += 5)
            {
                yield return line.Substring(i, Math.Min(length, line.Length - i));
            }
        }
    }

    public override string ToString() => Id;
}

using System.Runtime.CompilerServices;
using FieldMedic.Hosting;

namespace FieldMedic.Cli.Tests;

/// <summary>docs/configuration.md says of each setting what the program knows of it; FIELDMEDIC_APPROVE=1 writes the table anew.</summary>
public sealed class ConfigurationReferenceTests
{
    private const string Head = "| `fieldmedic.yaml` | environment | flag | without it |\n|---|---|---|---|\n";

    [Fact]
    public void Reference_Table_IsThatOfTheDefinitions()
    {
        var file = Path.Combine(Path.GetDirectoryName(Here())!, "..", "..", "docs", "configuration.md");
        var text = File.ReadAllText(file).ReplaceLineEndings("\n");
        var from = text.IndexOf(Head, StringComparison.Ordinal);
        var until = text.IndexOf("\n\n", from, StringComparison.Ordinal) + 1;
        var table = Head + string.Concat(SettingDefinition.All.Select(s => $"| {Cell(s.Key)} | {Cell(s.Variable)} | {Cell(s.Flag)} | {s.Meaning} |\n"));
        if (Environment.GetEnvironmentVariable("FIELDMEDIC_APPROVE") == "1")
        {
            File.WriteAllText(file, text[..from] + table + text[until..]);
            return;
        }

        text[from..until].ShouldBe(table);
    }

    [Fact]
    public async Task Flags_OfTheDefinitions_AreThoseOfTheProgram()
    {
        await using var desk = await Desk.OpenAsync();
        var help = (await desk.RunAsync("serve", "--help")).Output;

        SettingDefinition.All.Select(s => s.Flag).OfType<string>().ShouldAllBe(flag => help.Contains($" {flag} ", StringComparison.Ordinal));
    }

    private static string Cell(string? name) => name is null ? "" : $"`{name}`";

    private static string Here([CallerFilePath] string path = "") => path;
}

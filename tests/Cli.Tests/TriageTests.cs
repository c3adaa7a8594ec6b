using FieldMedic.Testing;

namespace FieldMedic.Cli.Tests;

public sealed class TriageTests
{
    private const string Cases = """
        {"id":"1","title":"The door is shut again","category":"outage","expected_action":"fix"}
        {"id":"2","title":"Nobody gets in, the door is closed","category":"outage","expected_action":"needs_diagnostics"}
        {"id":"3","title":"A window would be nice","category":"unknown","expected_action":"no_fault_reply"}
        {"id":"4","title":"Something else","body":"\u001b[31mred\u001b[0m","category":"outage","expected_action":"fix","text_only_answerable":false}
        """;

    [Fact]
    public async Task Triage_Corpus_IsAsApproved()
    {
        await using var desk = await Desk.OpenAsync();
        desk.Write("cases.jsonl", Cases);

        var ran = await desk.RunAsync("triage", "--corpus", "cases.jsonl", "--wrong");
        var json = await desk.RunAsync("triage", "--corpus", "cases.jsonl", "--json");

        (ran.Code, json.Code).ShouldBe((0, 0));
        Approved.Check($"{Trimmed(ran.Output)}\n---\n\n{Trimmed(json.Output)}", "triage-corpus");
    }

    [Fact]
    public async Task Triage_OneReport_IsAsApproved()
    {
        await using var desk = await Desk.OpenAsync();

        var ran = await desk.RunAsync("triage", "--title", "The door is shut");
        var nothing = await desk.RunAsync("triage", "--title", "x", "--body", "y");
        var json = await desk.RunAsync("triage", "--title", "The door is shut", "--json");

        Approved.Check($"{Trimmed(ran.Output)}\n---\n\n{Trimmed(nothing.Output)}\n---\n\n{Trimmed(json.Output)}", "triage-report");
    }

    [Theory]
    [InlineData("nowhere.jsonl", "nowhere.jsonl cannot be read")]
    [InlineData("bad.jsonl", "bad.jsonl:1: not JSON (column 1).")]
    public async Task Triage_BadCorpus_SaysWhere(string file, string message)
    {
        await using var desk = await Desk.OpenAsync();
        desk.Write("bad.jsonl", "x");

        var ran = await desk.RunAsync("triage", "--corpus", file);

        ran.Code.ShouldBe(64);
        ran.Error.ShouldContain(message);
    }

    [Fact]
    public async Task Triage_NothingGiven_SaysWhatToGive()
    {
        await using var desk = await Desk.OpenAsync();

        var ran = await desk.RunAsync("triage");

        ran.Code.ShouldBe(64);
        ran.Error.ShouldContain("--corpus FILE");
    }

    private static string Trimmed(string text) => string.Join('\n', text.Split('\n').Select(l => l.TrimEnd()));
}

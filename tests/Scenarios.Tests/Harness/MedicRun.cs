using System.Text.Json;

namespace FieldMedic.Scenarios.Tests.Harness;

/// <summary>How one process of the real binary ended.</summary>
internal sealed record MedicRun(int ExitCode, string Output, string Error, TimeSpan Elapsed)
{
    /// <summary>The one JSON object on standard output.</summary>
    public JsonElement Json => JsonDocument.Parse(Output).RootElement;

    public string? Outcome => Text("outcome");

    public string? Verdict => Text("verdict");

    public string? Reason => Text("reason");

    public string Message => Text("message") ?? Text("error") ?? "";

    public string[] Findings => [.. Json.GetProperty("findings").EnumerateArray().Select(f => f.GetString()!)];

    /// <summary>"start worker_wrapper-1" and so on, as they were executed.</summary>
    public string[] Actions => Steps("actions");

    /// <summary>The same, as a dry run announces them.</summary>
    public string[] Plan => Json.GetProperty("plan").ValueKind == JsonValueKind.Null ? [] : Steps("plan");

    public string IssueState => Json.GetProperty("issue").GetProperty("state").GetString()!;

    /// <summary>Everything there is, for the message of a failed assertion.</summary>
    public override string ToString() => $"exit {ExitCode}\n{Output}\n{Error}";

    public double Before(string observation) => Row(observation).GetProperty("before").GetDouble();

    public double After(string observation) => Row(observation).GetProperty("after").GetDouble();

    private JsonElement Row(string observation)
        => Json.GetProperty("before_after").EnumerateArray().Single(r => r.GetProperty("observation").GetString() == observation);

    private string? Text(string name) => Json.TryGetProperty(name, out var value) ? value.GetString() : null;

    private string[] Steps(string name)
        => [.. Json.GetProperty(name).EnumerateArray().Select(a => $"{a.GetProperty("remedy").GetString()} {a.GetProperty("target").GetString()}")];
}

using System.Text.RegularExpressions;
using FieldMedic.Scenarios.Tests.Harness;
using FieldMedic.Testing;

namespace FieldMedic.Scenarios.Tests;

/// <summary>The commands that only look, on real containers. What differs from run to run (numbers, times, ids) is masked.</summary>
[Collection(SharedPatient.Name)]
[Trait("needs", "docker")]
public sealed partial class DiagnosticsTests(Patient patient)
{
    [Theory]
    [InlineData("status")]
    [InlineData("sync-check")]
    [InlineData("prevention")]
    public async Task Look_HealthyPatient_IsAsApproved(string command)
    {
        await patient.BeReadyAsync();
        await using var desk = await Desk.OpenAsync(patient);
        await using var docker = DockerWatch.Start(patient);

        var ran = await desk.RunAsync(command);
        var json = await desk.RunAsync(command, "--json");

        Approved.Check($"{Masked(ran.Output)}\n---\n\n{Masked(Keys(json))}", $"look-{command}");
        (await docker.DeedsAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task SyncCheck_WorkersGone_NamesThatLink()
    {
        await patient.BeReadyAsync();
        await using var desk = await Desk.OpenAsync(patient);
        await patient.HurtAsync("kill", patient.WorkerOne, patient.WorkerTwo);

        var ran = await desk.RunAsync("sync-check");

        ran.ExitCode.ShouldBe(1);
        ran.Output.ShouldStartWith("SYNC NOT READY: workers");
        ran.Output.ShouldContain("Tell the user: Uploads arrive, but are not processed yet.");
    }

    [Fact]
    public async Task Support_SyncComplaint_NamesTheBrokenLink()
    {
        await patient.BeReadyAsync();
        await using var desk = await Desk.OpenAsync(patient);
        var issue = desk.Issue("Sync fails", "Nothing can be synchronised since this morning.");
        await patient.HurtAsync("stop", "--time", "1", patient.Container("minio"));

        var run = await desk.SupportAsync(issue);

        desk.ShouldBeClosedAsResolved(issue, run);
        desk.Comment(issue).ShouldContain("Synchronisation is broken at: object storage");
    }

    [Fact]
    public async Task Logs_ErrorsInTheApp_AreGrouped()
    {
        await patient.BeReadyAsync();
        await using var desk = await Desk.OpenAsync(patient);
        // A container of its own has a log of its own.
        await patient.ComposeAsync([], "up", "--detach", "--no-deps", "--force-recreate", "--timeout", "1", "app");
        // Written by the app's own first process, as everything in its log.
        await patient.HurtAsync("exec", patient.Container("app"), "bash", "-c", "for i in 1 2 3; do printf 'ERROR upload %s of user \"u%s\" failed\\nTraceback (most recent call last):\\n  File \"x.py\", line %s\\nValueError: bad %s\\n' $i $i $i $i > /proc/1/fd/2; done");

        var run = await desk.RunAsync("logs", "--service", "app", "--json");

        var clusters = run.Json.GetProperty("clusters").EnumerateArray().Select(c => $"{c.GetProperty("count")} {c.GetProperty("template")}").ToList();
        clusters.ShouldContain("3 ERROR upload * of user * failed");
        clusters.ShouldContain("3 ValueError: bad *");
        var human = await desk.RunAsync("logs", "--service", "app", "--grep", "ERROR upload|ValueError: bad");
        Approved.Check(Masked(human.Output), "look-logs");
    }

    /// <summary>Of the JSON its shape: what a script relies on.</summary>
    private static string Keys(MedicRun run)
    {
        var lines = new List<string>();
        Walk(run.Json, "");
        return string.Join('\n', lines.Distinct().Where(l => !l.StartsWith("observations.", StringComparison.Ordinal)));

        void Walk(System.Text.Json.JsonElement element, string path)
        {
            switch (element.ValueKind)
            {
                case System.Text.Json.JsonValueKind.Object:
                    foreach (var property in element.EnumerateObject())
                    {
                        Walk(property.Value, path.Length == 0 ? property.Name : $"{path}.{property.Name}");
                    }

                    break;
                case System.Text.Json.JsonValueKind.Array:
                    foreach (var item in element.EnumerateArray())
                    {
                        Walk(item, path + "[]");
                    }

                    break;
                default:
                    lines.Add($"{path}: {element.ValueKind}");
                    break;
            }
        }
    }

    private static string Masked(string text)
        => string.Join('\n', Number().Replace(Rate().Replace(text, ""), "N").Split('\n').Select(l => l.TrimEnd()).Where(l => !l.Contains("/etc/cron", StringComparison.Ordinal)));

    /// <summary>How far back a log reaches is another matter on each machine.</summary>
    [GeneratedRegex(@"; (the log begins later than the hour before|[^;\n]* in the hour before)", RegexOptions.ExplicitCapture)]
    private static partial Regex Rate();

    [GeneratedRegex(@"\d+(\.\d+)*( [kMGT]?B)?|INC-\S+", RegexOptions.ExplicitCapture)]
    private static partial Regex Number();
}

using FieldMedic.Incidents;
using FieldMedic.Systems;
using FieldMedic.Testing;

namespace FieldMedic.Tests.Invariants;

/// <summary>Invariant 7 across whole reports: hostile evidence, details and values of the measured system.</summary>
public sealed class ReportLeaksNothingTests
{
    private const string Secret = "s3cr3t-value-of-the-app";
    private const string Poison = "boom s3cr3t-value-of-the-app at 10.9.8.7 | x |\n# Big <script>alert(1)</script> @everyone [a](http://evil.example) \u001b[2J\u202e password=hunter2 /etc/shadow/x -->";
    private readonly Clinic _clinic = new() { Secrets = [Secret] };

    [Fact]
    public async Task Report_ProbeFailurePoisoned_LeaksNothing()
    {
        _clinic.System.Unreachable = Poison;

        Check(await RunAsync());
    }

    [Fact]
    public async Task Report_ActionDetailAndTargetPoisoned_LeaksNothing()
    {
        _clinic.System.Stop("worker");
        foreach (var remedy in new[] { "start", "recreate" })
        {
            _clinic.System.MoreActions[remedy] = new DelegatingAction(remedy, () => ActionTargets.Of([Poison]), (_, _) => throw new InvalidOperationException(Poison));
        }

        Check(await RunAsync());
    }

    [Fact]
    public async Task Report_ObservedTextsPoisoned_LeaksNothing()
    {
        _clinic.System.Adjust = pack => pack with { Status = ["app.banner"], Problems = [.. pack.Problems.Select(p => p with { Show = ["app.banner"] })] };
        _clinic.System["app.banner"] = ObservedValue.Of(Poison);
        _clinic.System.Stop("worker");

        Check(await RunAsync());
    }

    [Fact]
    public async Task Report_UnknownReasonPoisoned_LeaksNothing()
    {
        _clinic.System["worker.running"] = ObservedValue.Unknown(Poison);

        Check(await RunAsync());
    }

    [Fact]
    public async Task Report_SecretInWordingOfThePack_IsHidden()
    {
        _clinic.System.Adjust = pack => pack with { Problems = [.. pack.Problems.Select(p => p with { NextStep = $"Log in with {Secret}.", Prevention = $"Rotate {Secret}." })] };
        _clinic.System.Stop("worker");

        Check(await RunAsync());
    }

    [Fact]
    public async Task Report_PlanWaitingForApproval_LeaksNothing()
    {
        _clinic.System.Policy = _clinic.System.Policy with { Autonomy = Packs.Autonomy.Approve };
        _clinic.System.MoreActions["start"] = new DelegatingAction("start", () => ActionTargets.Of([Poison]), (_, _) => throw new InvalidOperationException());
        _clinic.System.Stop("worker");

        Check(await RunAsync());
    }

    private async Task<string> RunAsync()
    {
        var issue = _clinic.Tracker.Open(1, "Sync stuck");
        await _clinic.SupportAsync(issue);
        return _clinic.Tracker[issue].Comments.Single().Body;
    }

    private static void Check(string body)
    {
        foreach (var leak in new[] { Secret, "10.9.8.7", "hunter2", "/etc/", "evil.example", "<script", "@everyone", "\u001b", "\u202e", "\n# Big", "](http" })
        {
            body.ShouldNotContain(leak);
        }

        body.Split('\n')[0].ShouldStartWith("<!-- fieldmedic incident=");
        body.Split("-->").Length.ShouldBe(2);
        var rows = body.Split('\n').Where(l => l.StartsWith('|')).Select(l => l.Replace("\\|", "", StringComparison.Ordinal).Count(c => c == '|')).Distinct().ToList();
        rows.Count.ShouldBeLessThanOrEqualTo(1);
    }
}

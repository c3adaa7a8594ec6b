using FieldMedic.Incidents;
using FieldMedic.Testing;

namespace FieldMedic.Tests.Reports;

/// <summary>What people read at the end of a run, word for word.</summary>
public sealed class FinalReportTests
{
    private readonly Clinic _clinic = new();

    [Fact]
    public Task Report_WorkerRepaired() => ShowAsync("resolved", "Sync stuck", s =>
    {
        s.Stop("worker");
        s["queue.pending"] = ObservedValue.Of(12);
        s.OnAction = (system, _) =>
        {
            system.Start("worker");
            system["queue.pending"] = ObservedValue.Of(0);
        };
    });

    [Fact]
    public Task Report_TwoFaults() => ShowAsync("resolved-two-faults", "login fails", s =>
    {
        s.Stop("db");
        s.Stop("worker");
    });

    [Fact]
    public Task Report_StatusAsked() => ShowAsync("answered", "status please", _ => { });

    [Fact]
    public Task Report_Vague() => ShowAsync("not-reproduced", "hmm", _ => { });

    [Fact]
    public Task Report_Unreachable() => ShowAsync("cannot-observe", "Sync stuck", s => s.Unreachable = "connection refused (10.0.0.5:2375)");

    [Fact]
    public Task Report_RemediesFail() => ShowAsync("remedies-exhausted", "Sync stuck", s =>
    {
        s.Stop("worker");
        s.OnAction = (_, _) => { };
    });

    [Fact]
    public Task Report_NeedsAPerson() => ShowAsync("not-fixable", "Sync stuck", s => s["queue.pending"] = ObservedValue.Of(500));

    [Fact]
    public Task Report_OtherComplaint() => ShowAsync("not-explained", "login fails", s => s.Stop("worker"));

    [Fact]
    public Task Report_WaitsForApproval() => ShowAsync("await-approval", "Sync stuck", s =>
    {
        s.Policy = s.Policy with { Autonomy = Packs.Autonomy.Approve };
        s.Stop("worker");
    });

    [Fact]
    public async Task Report_Relapse()
    {
        _clinic.System.Stop("worker");
        var issue = _clinic.Tracker.Open(1, "Sync stuck");
        await _clinic.SupportAsync(issue);
        _clinic.System.Stop("worker");
        await _clinic.Medic().WatchAsync(once: true, _clinic.Observer, CancellationToken.None);

        Approved.Check(_clinic.Tracker[issue].Comments.Single().Body, "relapsed");
    }

    private async Task ShowAsync(string name, string title, Action<SmallSystem> prepare)
    {
        prepare(_clinic.System);
        var issue = _clinic.Tracker.Open(1, title);
        await _clinic.SupportAsync(issue);

        Approved.Check(_clinic.Tracker[issue].Comments.Single().Body, name);
    }
}

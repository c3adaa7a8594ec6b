using FieldMedic.Incidents;
using FieldMedic.Kpis;
using FieldMedic.Testing;

namespace FieldMedic.Tests.Kpis;

public sealed class KpiReportTests
{
    private readonly Clinic _clinic = new();
    private int _number;

    [Fact]
    public async Task Of_NoIncident_CountsNothing()
    {
        var report = await FoldAsync();

        (report.AutoResolved.Numerator, report.AutoResolved.Denominator).ShouldBe((0, 0));
        report.TimeToResolution.ShouldBe(new Times(0, null, null, null));
    }

    [Fact]
    public async Task Of_OneResolvedOneEscalated_TellsBoth()
    {
        await ResolveAsync();
        await _clinic.SupportAsync(_clinic.Tracker.Open(++_number, "Sync stuck"));

        var report = await FoldAsync();

        report.Incidents.ShouldBe(2);
        (report.AutoResolved.Numerator, report.AutoResolved.Denominator).ShouldBe((1, 2));
        (report.FixSuccess.Numerator, report.FixSuccess.Denominator).ShouldBe((1, 1));
        (report.FalseClosures.Numerator, report.FalseClosures.Denominator).ShouldBe((0, 1));
        report.Escalations.ShouldBe(new Dictionary<EscalationReason, int> { [EscalationReason.NotReproduced] = 1 });
        report.TimeToResolution.N.ShouldBe(1);
        report.TimeToResolution.MedianSeconds.ShouldNotBeNull().ShouldBeGreaterThan(0);
    }

    [Fact]
    public async Task Of_ReopenedByAHuman_IsAFalseClosure()
    {
        var issue = await ResolveAsync();
        _clinic.Time.Advance(TimeSpan.FromHours(2));
        _clinic.Tracker[issue] = _clinic.Tracker[issue] with { IsOpen = true, HumanReopened = true };
        await _clinic.SupportAsync(issue);

        var report = await FoldAsync();

        (report.FalseClosures.Numerator, report.FalseClosures.Denominator).ShouldBe((1, 1));
    }

    [Fact]
    public async Task Of_OlderThanThePeriod_AreNotCounted()
    {
        await ResolveAsync();
        _clinic.Time.Advance(TimeSpan.FromDays(3));

        (await FoldAsync(TimeSpan.FromDays(1))).Incidents.ShouldBe(0);
    }

    [Fact]
    public void Times_Ranks_AreThoseOfACase()
        => Times.Of(Enumerable.Range(1, 10).Select(s => (TimeSpan?)TimeSpan.FromSeconds(s))).ShouldBe(new Times(10, 5.5, 5, 9));

    private async Task<IssueRef> ResolveAsync()
    {
        _clinic.System.Stop("worker");
        var issue = _clinic.Tracker.Open(++_number, "Sync stuck");
        (await _clinic.SupportAsync(issue)).Outcome.ShouldBe(RunOutcome.Closed);
        return issue;
    }

    private async Task<KpiReport> FoldAsync(TimeSpan? period = null)
    {
        var incidents = new List<Incident>();
        foreach (var header in await _clinic.Store.ListAsync(null, null, 100, CancellationToken.None))
        {
            incidents.Add((await _clinic.Medic().GetIncidentAsync(header.Id, CancellationToken.None))!);
        }

        return KpiReport.Of(incidents, _clinic.Time.GetUtcNow() - (period ?? TimeSpan.FromDays(30)));
    }
}

using FieldMedic.Incidents;
using FieldMedic.Packs;
using FieldMedic.Testing;

namespace FieldMedic.Tests;

public sealed class ProblemCatalogueTests
{
    private readonly SmallSystem _system = new(TimeProvider.System);

    [Fact]
    public async Task Judge_DependentsListedFirst_PutsTheRootFirst()
    {
        _system.Adjust = pack => pack with { Problems = [.. pack.Problems.Reverse()] };
        _system.Stop("worker");
        _system.Stop("web");
        _system.Stop("db");

        var findings = await JudgeAsync();

        findings[0].Key.ShouldBe("database_down/db");
        new ProblemCatalogue(_system.Pack()).Roots(findings).Select(f => f.Key).ShouldBe(["database_down/db"]);
    }

    [Fact]
    public async Task Judge_IndependentFaults_KeepFileOrderAndAreAllRoots()
    {
        _system.Stop("worker");
        _system.Stop("web");

        var findings = await JudgeAsync();

        findings.Select(f => f.Key).ShouldBe(["worker_down/worker", "service_down/web"]);
        new ProblemCatalogue(_system.Pack()).Roots(findings).Count.ShouldBe(2);
    }

    [Fact]
    public async Task Judge_DeclaredCause_OutranksItsEffect()
    {
        _system.Adjust = pack => pack with { Problems = [.. pack.Problems.Select(p => p.Id == "worker_down" ? p with { CausedBy = ["queue_stuck"] } : p)] };
        _system.Stop("worker");
        _system["queue.pending"] = ObservedValue.Of(500);

        (await JudgeAsync()).Select(f => f.Key).ShouldBe(["queue_stuck", "worker_down/worker"]);
    }

    [Fact]
    public void Judge_EmptySnapshot_DecidesNothing()
    {
        var judgement = new ProblemCatalogue(_system.Pack()).Judge(Snapshot.Empty);

        judgement.Findings.ShouldBeEmpty();
        judgement.Undecided.Count.ShouldBe(_system.Pack().Problems.Count);
    }

    [Fact]
    public void DependsOn_CircularNeeds_Ends()
    {
        _system.Adjust = pack => pack with { Services = new[] { new ServiceSpec("db", ["web"]), new ServiceSpec("web", ["db"]), new ServiceSpec("worker", ["gone"]) }.ToDictionary(s => s.Name) };

        var catalogue = new ProblemCatalogue(_system.Pack());

        catalogue.DependsOn("db", "web").ShouldBeTrue();
        catalogue.DependsOn("web", "worker").ShouldBeFalse();
    }

    [Fact]
    public async Task BlindSpots_ProblemThatWasFound_IsNeverOne()
    {
        var blind = await new Systems.Sweep(_system.Connect(), TimeProvider.System).TakeAsync(CancellationToken.None) with { Observations = [] };
        var incident = new Incident { Id = new IncidentId("INC-1"), Before = blind, Found = [new Finding("worker_down", "worker", "", [])] };

        new ProblemCatalogue(_system.Pack()).BlindSpots(incident).ShouldBe(["database_down/db", "service_down/web", "queue_stuck"]);
    }

    [Theory]
    [InlineData("slow", true)]
    [InlineData("down", false)]
    public void Judge_AdvisoryProblem_CountsOnlyWhereItWasComplainedOf(string complaint, bool counts)
    {
        var busy = new ProblemSpec { Id = "busy", Title = "Busy", When = [], Explains = ["slow"], IsAdvisory = true };
        var catalogue = new ProblemCatalogue(_system.Pack() with { Problems = [busy] });
        var opened = new IncidentEvent.IncidentOpened("s", new IssueRef("o/r", 1), new Complaint([complaint], []));
        var incident = Incident.Fold([new FieldMedic.Journal.JournalEntry(new IncidentId("INC-1"), 1, DateTimeOffset.UnixEpoch, opened)])!;

        catalogue.Judge(incident, Snapshot.Empty).Findings.Any().ShouldBe(counts);
        catalogue.Judge(Snapshot.Empty).Findings.ShouldHaveSingleItem();
    }

    private async Task<IReadOnlyList<Finding>> JudgeAsync()
    {
        var snapshot = await new Systems.Sweep(_system.Connect(), TimeProvider.System).TakeAsync(CancellationToken.None);
        return new ProblemCatalogue(_system.Pack()).Judge(snapshot).Findings;
    }
}

using FieldMedic.Incidents;
using FieldMedic.Systems;
using FieldMedic.Testing;

namespace FieldMedic.Tests.Invariants;

/// <summary>Invariant 6, as far as the engine goes: no target, no allow-list entry or no precondition means no effect.</summary>
public sealed class NothingIrreplaceableTests
{
    private readonly Clinic _clinic = new();

    public NothingIrreplaceableTests() => _clinic.System.Stop("worker");

    [Theory]
    [InlineData("")]
    [InlineData("   ")]
    [InlineData("\t\n")]
    [InlineData(null)]
    public async Task Support_EmptyTarget_IsRefusedNeverReadAsAll(string? target)
        => await NothingIsExecutedAsync(() => ActionTargets.Of([target!]));

    [Fact]
    public async Task Support_OneOfTwoTargetsEmpty_RefusesBoth()
        => await NothingIsExecutedAsync(() => ActionTargets.Of(["worker-1", ""]));

    [Fact]
    public async Task Support_NoTargets_IsRefused() => await NothingIsExecutedAsync(() => ActionTargets.Of([]));

    [Fact]
    public async Task Support_TargetsNull_IsRefused() => await NothingIsExecutedAsync(() => null!);

    [Fact]
    public async Task Support_ResolvingThrows_IsRefusedAndEscalated()
        => await NothingIsExecutedAsync(() => throw new IOException("the daemon is away"));

    [Fact]
    public async Task Support_RemedyNotOnAllowList_IsNeverExecuted()
    {
        _clinic.System.Adjust = pack => pack with { Remedies = new Dictionary<string, Packs.RemedySpec>() };

        await NothingIsExecutedAsync(() => ActionTargets.Of(["worker-1"]));
    }

    [Fact]
    public async Task Support_RemedyOnListButNotConnected_IsNeverExecuted()
    {
        _clinic.System.Adjust = pack => pack with { Problems = [.. pack.Problems.Select(p => p with { Remedies = ["elsewhere"] })] };

        await NothingIsExecutedAsync(() => ActionTargets.Of(["worker-1"]));
    }

    [Theory]
    [InlineData("queue.pending > 5")]
    [InlineData("queue.missing == 0")]
    public async Task Support_PreconditionFalseOrUnknown_IsNeverExecuted(string precondition)
    {
        _clinic.System.Adjust = pack => pack with
        {
            Remedies = pack.Remedies.ToDictionary(r => r.Key, r => r.Value with { Requires = [Packs.ConditionParser.Parse(precondition, out _)!] }),
        };

        await NothingIsExecutedAsync(() => ActionTargets.Of(["worker-1"]));
    }

    [Fact]
    public async Task Support_PackOnlyObserves_NothingIsExecuted()
    {
        _clinic.System.Policy = _clinic.System.Policy with { Autonomy = Packs.Autonomy.Observe };

        await NothingIsExecutedAsync(() => ActionTargets.Of(["worker-1"]));
    }

    [Fact]
    public async Task Remediate_KindNamed_TreatsItsVariantsOnly()
    {
        _clinic.System.Stop("db");
        _clinic.System.Adjust = pack => pack with { Problems = [.. pack.Problems.Select(p => p.Id == "worker_down" ? p with { Kind = "service_down" } : p)] };

        var result = await _clinic.Medic().RemediateAsync("service_down", null, new RunOptions(), _clinic.Observer, CancellationToken.None);

        _clinic.System.Effects.ShouldAllBe(e => e.Contains("worker", StringComparison.Ordinal));
        result.Incident!.Found.ShouldContain(f => f.Problem == "worker_down" && f.CatalogueKind == "service_down");
    }

    [Fact]
    public async Task Remediate_AnotherProblemNamed_LeavesThisOneAlone()
    {
        var result = await _clinic.Medic().RemediateAsync("database_down", null, new RunOptions(), _clinic.Observer, CancellationToken.None);

        result.Outcome.ShouldNotBe(RunOutcome.Failed);
        _clinic.System.Effects.ShouldBeEmpty();
    }

    private async Task NothingIsExecutedAsync(Func<ActionTargets> resolve)
    {
        var actions = new[] { "start", "recreate" }
            .Select(r => new DelegatingAction(r, resolve, (_, _) => Task.FromResult(new ActionResult(true, "done")))).ToList();
        foreach (var action in actions)
        {
            _clinic.System.MoreActions[action.Remedy] = action;
        }

        var issue = _clinic.Tracker.Open(1, "Sync stuck");

        var result = await _clinic.SupportAsync(issue);

        result.Incident!.Report!.Escalation.ShouldBe(EscalationReason.NotFixable);
        actions.ShouldAllBe(a => a.Executions == 0);
        _clinic.Observer.Events.ShouldNotContain(e => e is IncidentEvent.ActionStarted);
        _clinic.Tracker[issue].IsOpen.ShouldBeTrue();
    }
}

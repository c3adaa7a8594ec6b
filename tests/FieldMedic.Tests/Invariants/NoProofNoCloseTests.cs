using System.Reflection;
using FieldMedic.Incidents;
using FieldMedic.Packs;
using FieldMedic.Testing;
using FieldMedic.Tracker;

namespace FieldMedic.Tests.Invariants;

/// <summary>Invariant 3: one close transition, it takes a proof, and only Verify makes one.</summary>
public sealed class NoProofNoCloseTests
{
    private readonly Clinic _clinic = new();

    [Fact]
    public void ProofMake_InSources_IsCalledOnlyByVerify()
        => Sources.Mentioning("Proof.Make(").ShouldBe(["src/FieldMedic/Verify/VerifyStage.cs"]);

    [Fact]
    public void TrackerClose_InSources_IsCalledOnlyByReport()
        => Sources.Mentioning("racker!.CloseAsync(", "racker.CloseAsync(").ShouldBe(["src/FieldMedic/Report/ReportStage.cs"]);

    [Fact]
    public void MaintainersWord_InSources_IsTakenOnlyByTheChatDesk()
    {
        Sources.Mentioning("MaintainerWord.Take(").ShouldBe(["src/FieldMedic/Chat/CommandDesk.cs"]);
        typeof(MaintainerWord).GetConstructors().ShouldBeEmpty();
    }

    [Theory]
    [InlineData(RepositoryRole.Triage, false, false)]
    [InlineData(RepositoryRole.Write, true, false)]
    [InlineData(RepositoryRole.Write, false, true)]
    public void MaintainersWord_OfSomebodyElse_Throws(RepositoryRole role, bool isBot, bool isEdited)
    {
        var comment = new IssueComment(1, "ada", false, isBot, "/medic close", default) { UpdatedAt = isEdited ? DateTimeOffset.MaxValue : null };
        Should.Throw<InvalidOperationException>(() => MaintainerWord.Take(new IssueRef("example/field", 1), comment, role));
    }

    [Fact]
    public void Proof_FromOutside_CannotBeBuiltOrChanged()
    {
        typeof(Proof).GetConstructors().ShouldBeEmpty();
        typeof(Proof).GetMethods(BindingFlags.Public | BindingFlags.Static).Where(m => m.ReturnType == typeof(Proof)).ShouldBeEmpty();
        typeof(Proof).GetProperties().Where(p => p.SetMethod is { IsPublic: true }).ShouldBeEmpty();
    }

    [Theory]
    [InlineData(Verdict.NotResolved)]
    [InlineData(Verdict.Regressed)]
    [InlineData(Verdict.Unverifiable)]
    public void Make_OfAVerdictThatIsNoSuccess_Throws(Verdict verdict)
        => Should.Throw<InvalidOperationException>(() => Proof.Make(verdict, [], [], default, default, 1));

    [Fact]
    public async Task Support_TemporaryRemedy_IsMitigatedAndSaysSo()
    {
        _clinic.System.Adjust = pack => pack with
        {
            Remedies = pack.Remedies.ToDictionary(r => r.Key, r => r.Value with { Temporary = true }),
        };
        _clinic.System.Stop("worker");

        var issue = await RunAsync("Sync stuck", RunOutcome.Closed);

        _clinic.Tracker[issue].Comments[0].Body.ShouldContain("### ✅ Mitigated");
    }

    [Fact]
    public async Task Support_SomethingElseBrokeForGood_RegressesAndStaysOpen()
    {
        _clinic.System.Adjust = pack => pack with { Problems = [.. pack.Problems.Select(p => p.Service == "web" ? p with { Remedies = [] } : p)] };
        _clinic.System.Stop("db");
        _clinic.System.OnAction = (system, _) =>
        {
            system.Start("db");
            system.Stop("web");
        };

        var issue = await RunAsync("login fails", RunOutcome.Escalated);

        Last<IncidentEvent.Verified>().Verdict.ShouldBe(Verdict.Regressed);
        _clinic.Tracker[issue].IsOpen.ShouldBeTrue();
    }

    [Fact]
    public async Task Support_SomethingElseBreaksEachTime_StaysOpen()
    {
        _clinic.System.Stop("db");
        _clinic.System.OnAction = (system, _) =>
        {
            system.Start("db");
            system.Stop("web");
        };

        var issue = await RunAsync("login fails", RunOutcome.Escalated);

        _clinic.System.Effects.ShouldBe(["start db-1", "start web-1", "recreate web-1"]);
        _clinic.Tracker[issue].IsOpen.ShouldBeTrue();
    }

    [Fact]
    public async Task Support_ProbeFailsInVerify_IsUnverifiableAndStaysOpen()
    {
        _clinic.System.Stop("worker");
        _clinic.Observer.OnAppended = (_, e) => _clinic.System.Unreachable = e is IncidentEvent.Stabilized ? "connection reset" : null;

        var issue = await RunAsync("Sync stuck", RunOutcome.Escalated);

        Last<IncidentEvent.Verified>().Verdict.ShouldBe(Verdict.Unverifiable);
        _clinic.Tracker[issue].IsOpen.ShouldBeTrue();
        _clinic.Tracker[issue].Comments[0].Body.ShouldNotContain("✅");
    }

    [Fact]
    public async Task Support_UserPathFailsInVerify_IsUnverifiable()
    {
        _clinic.System.Stop("worker");
        _clinic.Observer.OnAppended = (_, e) => _clinic.System["path.ok"] = ObservedValue.Of(e is not IncidentEvent.Stabilized);

        var issue = await RunAsync("Sync stuck", RunOutcome.Escalated);

        Last<IncidentEvent.Verified>().Verdict.ShouldBe(Verdict.Unverifiable);
        _clinic.Tracker[issue].IsOpen.ShouldBeTrue();
    }

    [Fact]
    public async Task Support_RestartBetweenWindowAndVerify_IsNotClosedOnThatProof()
    {
        _clinic.System.Stop("worker");
        var restarts = 0;
        _clinic.Observer.OnAppended = (_, e) =>
        {
            if (e is IncidentEvent.Stabilized)
            {
                _clinic.System["worker.restarts"] = ObservedValue.Of(++restarts);
            }
        };

        var issue = await RunAsync("Sync stuck", RunOutcome.Escalated);

        Last<IncidentEvent.Verified>().Verdict.ShouldBe(Verdict.NotResolved);
        _clinic.Tracker[issue].IsOpen.ShouldBeTrue();
    }

    [Fact]
    public async Task Support_RepairedWorker_IsSweptUntilTheWindowsEnd()
    {
        _clinic.System.Stop("worker");
        var started = _clinic.Time.GetUtcNow();

        await RunAsync("Sync stuck", RunOutcome.Closed);

        var verified = Last<IncidentEvent.Verified>();
        verified.After.At.ShouldBe(started + (_clinic.System.Policy.PollEvery / 2) + _clinic.System.Policy.Window);
        verified.Proof!.Samples.ShouldBe(31);
    }

    [Fact]
    public async Task Support_ClockIsSetForwardInTheWindow_WindowIsNotShorter()
    {
        _clinic.System.Stop("worker");
        var polls = 0;
        _clinic.Time.Leaping = _ =>
        {
            // By less than the lease lasts.
            _clinic.Time.SetForward = ++polls == 5 ? TimeSpan.FromSeconds(12) : _clinic.Time.SetForward;
        };

        await RunAsync("Sync stuck", RunOutcome.Closed);

        polls.ShouldBeGreaterThanOrEqualTo(30);
    }

    [Fact]
    public async Task Support_FoundProblemUnknownAfterRetries_IsNeverClosed()
    {
        // The remedy fails, the problem stays red for the whole window, and then the probe goes blind.
        _clinic.System.Stop("worker");
        _clinic.System.OnAction = (_, _) => { };
        _clinic.Observer.OnAppended = (_, e) =>
        {
            if (e is IncidentEvent.Verified)
            {
                _clinic.System["worker.running"] = ObservedValue.Unknown("timed out");
            }
        };

        var issue = await RunAsync("Sync stuck", RunOutcome.Escalated);

        _clinic.Tracker[issue].IsOpen.ShouldBeTrue();
        _clinic.Tracker.Writes.ShouldNotContain("close 1");
    }

    [Fact]
    public async Task Support_ReportWritesFailUntilProofIsOld_TextIsRewritten()
    {
        _clinic.System.Stop("worker");
        var issue = _clinic.Tracker.Open(1, "Sync stuck");
        _clinic.Observer.OnAppended = (_, e) =>
        {
            if (e is IncidentEvent.ReportPosted)
            {
                _clinic.Tracker.FailWrites = new TrackerException(TrackerFailure.Unavailable, "502");
            }
        };
        (await _clinic.SupportAsync(issue)).Outcome.ShouldBe(RunOutcome.Failed);
        _clinic.Tracker[issue].Comments[0].Body.ShouldContain("✅ Resolved");
        _clinic.Observer.OnAppended = null;
        _clinic.Tracker.FailWrites = null;
        _clinic.Time.Advance(TimeSpan.FromHours(2));
        _clinic.System.Stop("worker");
        _clinic.System.OnAction = (_, _) => { };

        var second = await _clinic.SupportAsync(issue);

        second.Outcome.ShouldBe(RunOutcome.Escalated);
        _clinic.Tracker[issue].IsOpen.ShouldBeTrue();
        _clinic.Tracker[issue].Comments.Single().Body.ShouldContain("Escalated");
        _clinic.Tracker[issue].Comments.Single().Body.ShouldNotContain("✅");
    }

    [Fact]
    public async Task Support_TwoIssuesOneExplained_ClosesOnlyTheExplainedOne()
    {
        _clinic.System.Policy = _clinic.System.Policy with { Autonomy = Autonomy.Approve };
        _clinic.System.Stop("worker");
        var explained = _clinic.Tracker.Open(1, "Sync stuck");
        var other = _clinic.Tracker.Open(2, "login fails");
        await _clinic.SupportAsync(explained);
        await _clinic.SupportAsync(other);

        await _clinic.SupportAsync(explained, new RunOptions { ApprovedBy = "operator" });

        _clinic.Tracker[explained].IsOpen.ShouldBeFalse();
        _clinic.Tracker[other].IsOpen.ShouldBeTrue();
        _clinic.Tracker[other].Comments[0].Body.ShouldContain("does not explain");
        _clinic.System.Effects.Count.ShouldBe(1);
    }

    private T Last<T>() => _clinic.Observer.Events.OfType<T>().Last();

    private async Task<IssueRef> RunAsync(string title, RunOutcome expected)
    {
        var issue = _clinic.Tracker.Open(1, title);
        (await _clinic.SupportAsync(issue)).Outcome.ShouldBe(expected);
        return issue;
    }
}

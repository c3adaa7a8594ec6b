using FieldMedic.Incidents;
using FieldMedic.Packs;
using FieldMedic.Systems;
using FieldMedic.Testing;

namespace FieldMedic.Tests.Invariants;

/// <summary>Invariant 4: three-valued logic, and every way of not measuring is unknown: no action, no close.</summary>
public sealed class UnknownIsNotHealthyTests
{
    // A length at which the test clock leaps, so that a time-out of this length passes at once.
    private static readonly TimeSpan Short = TimeSpan.FromMilliseconds(250);
    private static readonly Condition T = Parse("a.x == 1");
    private static readonly Condition F = Parse("a.x == 2");
    private static readonly Condition U = Parse("a.missing == 1");
    private readonly Clinic _clinic = new();

    public static IEnumerable<TheoryDataRow<string>> Failures() => [new("throws at once"), new("throws later"), new("hangs"), new("hangs deaf"), new("blocks"), new("gives null"), new("gives nothing"), new("cancelled by itself"), new("breaks while read"), new("wrong type"), new("not a number"), new("stale")];

    [Theory]
    [InlineData("TT", Truth.True)]
    [InlineData("TF", Truth.False)]
    [InlineData("TU", Truth.Unknown)]
    [InlineData("UT", Truth.Unknown)]
    [InlineData("FU", Truth.False)]
    [InlineData("UF", Truth.False)]
    [InlineData("UU", Truth.Unknown)]
    [InlineData("", Truth.True)]
    public void All_EveryPair_IsKleeneAnd(string terms, Truth expected)
        => ConditionEvaluator.All(Terms(terms), Now()).ShouldBe(expected);

    [Theory]
    [InlineData("TT", Truth.True)]
    [InlineData("TF", Truth.True)]
    [InlineData("TU", Truth.True)]
    [InlineData("UT", Truth.True)]
    [InlineData("FU", Truth.Unknown)]
    [InlineData("UF", Truth.Unknown)]
    [InlineData("FF", Truth.False)]
    [InlineData("", Truth.False)]
    public void Any_EveryPair_IsKleeneOr(string terms, Truth expected)
        => ConditionEvaluator.Evaluate(new Condition.Any([.. Terms(terms).Select(t => new[] { t })]), Now()).ShouldBe(expected);

    [Theory]
    [InlineData("a.text < 5")]
    [InlineData("a.text == 5")]
    [InlineData("a.x == 'one'")]
    [InlineData("a.stale == 1")]
    [InlineData("a.stale != 1")]
    [InlineData("a.nan < 1")]
    [InlineData("before.a.x == 1")]
    [InlineData("a.x < a.missing")]
    public void Evaluate_NotComparable_IsUnknown(string condition)
        => ConditionEvaluator.Evaluate(Parse(condition), Now()).ShouldBe(Truth.Unknown);

    [Fact]
    public void Default_OfTruthAndValue_IsUnknown()
    {
        default(Truth).ShouldBe(Truth.Unknown);
        default(ObservedValue).IsUnknown.ShouldBeTrue();
        ObservedValue.Of(double.NaN).IsUnknown.ShouldBeTrue();
        ObservedValue.Of((string?)null).IsUnknown.ShouldBeTrue();
    }

    [Theory]
    [MemberData(nameof(Failures))]
    public async Task Support_OnlyProbeOfAProblemFails_NeitherActsNorCloses(string how)
    {
        _clinic.System.Forget("worker.running");
        _clinic.System.MoreProbes.Add(Failing(how, required: false));

        var result = await _clinic.SupportAsync(_clinic.Tracker.Open(1, "status please"));

        result.Incident!.Report!.Escalation.ShouldBe(EscalationReason.PartlyUnobserved);
        NothingHappened();
    }

    [Theory]
    [InlineData("throws at once")]
    [InlineData("hangs deaf")]
    [InlineData("gives null")]
    public async Task Support_RequiredProbeFails_CannotObserveEvenWithAFinding(string how)
    {
        _clinic.System.Stop("worker");
        _clinic.System.MoreProbes.Add(Failing(how, required: true));

        var result = await _clinic.SupportAsync(_clinic.Tracker.Open(1, "Sync stuck"));

        result.Incident!.Report!.Escalation.ShouldBe(EscalationReason.CannotObserve);
        NothingHappened();
    }

    [Theory]
    [InlineData(1, RunOutcome.Closed)]
    [InlineData(2, RunOutcome.Closed)]
    [InlineData(3, RunOutcome.Escalated)]
    public async Task Support_BlindForSomeLooksBeforeDeciding_LooksThreeTimes(int blind, RunOutcome outcome)
    {
        _clinic.System.Stop("worker");
        _clinic.System.OnSweep = system => system.Unreachable = blind-- > 0 ? "busy" : null;

        var result = await _clinic.SupportAsync(_clinic.Tracker.Open(1, "Sync stuck"));

        result.Outcome.ShouldBe(outcome);
    }

    [Theory]
    [InlineData(1, RunOutcome.Closed)]
    [InlineData(2, RunOutcome.Closed)]
    [InlineData(3, RunOutcome.Escalated)]
    public async Task Support_OnlyTheConsequenceSeenForSomeLooks_LooksThreeTimesForTheCause(int blind, RunOutcome outcome)
    {
        var running = 0;
        _clinic.System.Adjust = pack => pack with { Problems = [.. pack.Problems, new ProblemSpec { Id = "path_down", Title = "The path is down", When = [Parse("path.ok == false")], Explains = ["sync_stuck"], CausedBy = ["worker_down"] }] };
        _clinic.System.Forget("worker.running");
        _clinic.System.MoreProbes.Add(new DelegatingProbe("worker", false, TimeSpan.FromHours(1), _ => blind-- > 0 ? throw new IOException("busy") : Of(ObservedValue.Of(running), _clinic.Time.GetUtcNow())));
        _clinic.System["path.ok"] = ObservedValue.Of(false);
        _clinic.System.MoreActions["start"] = new DelegatingAction("start", () => ActionTargets.Of(["worker-1"]), (_, _) =>
        {
            running = 1;
            _clinic.System["path.ok"] = ObservedValue.Of(true);
            return Task.FromResult(new ActionResult(true, "started"));
        });

        var result = await _clinic.SupportAsync(_clinic.Tracker.Open(1, "Sync stuck"));

        result.Outcome.ShouldBe(outcome, result.Message);
    }

    [Theory]
    [InlineData(1, Verdict.Resolved)]
    [InlineData(2, Verdict.Resolved)]
    [InlineData(3, Verdict.Unverifiable)]
    public async Task Support_BlindForSomeLooksAtTheVerdict_LooksThreeTimes(int blind, Verdict verdict)
    {
        var isQuiet = false;
        _clinic.System.Stop("worker");
        _clinic.Observer.OnAppended = (_, happened) => isQuiet |= happened is IncidentEvent.Stabilized;
        _clinic.System.OnSweep = system => system.Unreachable = isQuiet && blind-- > 0 ? "busy" : null;

        var result = await _clinic.SupportAsync(_clinic.Tracker.Open(1, "Sync stuck"));

        result.Incident!.Verified!.Verdict.ShouldBe(verdict);
        _clinic.Tracker.Writes.Contains("close 1").ShouldBe(verdict == Verdict.Resolved);
    }

    [Fact]
    public async Task Support_UserPathStale_IsNotClosed()
    {
        _clinic.System.Forget("path.ok");
        _clinic.System.MoreProbes.Add(Giving(new Observation("path.ok", ObservedValue.Of(true), _clinic.Time.GetUtcNow(), "", TimeSpan.FromSeconds(60))));
        _clinic.System.Stop("worker");

        var result = await _clinic.SupportAsync(_clinic.Tracker.Open(1, "Sync stuck"));

        result.Outcome.ShouldBe(RunOutcome.Escalated);
        result.Incident!.Verified!.Verdict.ShouldBe(Verdict.Unverifiable);
        _clinic.Tracker.Writes.ShouldNotContain("close 1");
    }

    [Fact]
    public async Task Sweep_OneProbeHangs_OthersAreThereAndNobodyWaits()
    {
        _clinic.System.MoreProbes.Add(Failing("hangs deaf", required: false));
        _clinic.System.MoreProbes.Add(Failing("blocks", required: false));

        var snapshot = await new Sweep(_clinic.System.Connect(), _clinic.Time).TakeAsync(CancellationToken.None);

        snapshot.IsObservable.ShouldBeTrue();
        snapshot["worker.running"].ShouldBe(ObservedValue.Of(1));
        snapshot.Probes.Count(p => p.Failure?.StartsWith("no answer within", StringComparison.Ordinal) == true).ShouldBe(2);
    }

    [Fact]
    public async Task Sweep_Deadline_EndsProbesWithLongerTimeouts()
    {
        _clinic.System.Policy = _clinic.System.Policy with { SweepDeadline = Short };
        _clinic.System.MoreProbes.Add(new DelegatingProbe("slow", false, TimeSpan.FromHours(1), _ => new TaskCompletionSource<IReadOnlyList<Observation>>().Task));

        var snapshot = await new Sweep(_clinic.System.Connect(), _clinic.Time).TakeAsync(CancellationToken.None);

        snapshot.Probes.Single(p => p.Probe == "slow").Failure.ShouldBe("no answer within the sweep's deadline");
    }

    private void NothingHappened()
    {
        _clinic.System.Effects.ShouldBeEmpty();
        _clinic.Tracker[new IssueRef("example/field", 1)].IsOpen.ShouldBeTrue();
        _clinic.Tracker.Writes.ShouldNotContain("close 1");
    }

    private static DelegatingProbe Failing(string how, bool required) => new("failing", required, Short, token => how switch
    {
        "throws at once" => throw new IOException("connection refused"),
        "throws later" => LaterAsync(),
        "hangs" => Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, token).ContinueWith<IReadOnlyList<Observation>>(_ => [], TaskScheduler.Default),
        "hangs deaf" => new TaskCompletionSource<IReadOnlyList<Observation>>().Task,
        "blocks" => Block(token),
        "gives null" => Task.FromResult<IReadOnlyList<Observation>>(null!),
        "gives nothing" => Task.FromResult<IReadOnlyList<Observation>>([]),
        "cancelled by itself" => Task.FromCanceled<IReadOnlyList<Observation>>(new CancellationToken(true)),
        "breaks while read" => Task.FromResult<IReadOnlyList<Observation>>(new BreakingList()),
        "wrong type" => Of(ObservedValue.Of("two")),
        "not a number" => Of(ObservedValue.Of(double.NaN)),
        _ => Task.FromResult<IReadOnlyList<Observation>>([new Observation("worker.running", ObservedValue.Of(0), default, "", TimeSpan.FromMinutes(1))]),
    });

    private static DelegatingProbe Giving(Observation observation)
        => new("giving", false, TimeSpan.FromHours(1), _ => Task.FromResult<IReadOnlyList<Observation>>([observation]));

    private static Task<IReadOnlyList<Observation>> Of(ObservedValue value, DateTimeOffset at = default)
        => Task.FromResult<IReadOnlyList<Observation>>([new Observation("worker.running", value, at)]);

    private static async Task<IReadOnlyList<Observation>> LaterAsync()
    {
        await Task.Yield();
        throw new IOException("connection reset");
    }

    private static Task<IReadOnlyList<Observation>> Block(CancellationToken token)
    {
        token.WaitHandle.WaitOne();
        throw new OperationCanceledException(token);
    }

    private static IEnumerable<Condition> TermsOf(string terms) => terms.Select(c => c switch { 'T' => T, 'F' => F, _ => U });

    private static List<Condition> Terms(string terms) => [.. TermsOf(terms)];

    private static Snapshot Now() => new(default, [Seen("a.x", ObservedValue.Of(1)), Seen("a.text", ObservedValue.Of("five")), Seen("a.nan", ObservedValue.Of(double.NaN)), Seen("a.stale", ObservedValue.Of(1)) with { StaleBy = TimeSpan.FromSeconds(60) }], []);

    private static Observation Seen(string name, ObservedValue value) => new(name, value, default);

    private static Condition.Comparison Parse(string text) => ConditionParser.Parse(text, out _)!;
}

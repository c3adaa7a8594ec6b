using FieldMedic.Incidents;
using FieldMedic.Journal;
using FieldMedic.Testing;
using FieldMedic.Tracker;

namespace FieldMedic.Tests.Invariants;

/// <summary>A tracker that shows no comments and edits none: the report is written once, wherever the process dies.</summary>
public sealed class WriteOnceTests
{
    private readonly Clinic _clinic = new();

    public WriteOnceTests()
    {
        _clinic.Tracker.CanEditComments = false;
        _clinic.System.Stop("worker");
    }

    [Fact]
    public async Task Support_ToTheEnd_WritesOneComment()
    {
        var issue = _clinic.Tracker.Open(1, "Sync stuck");

        var result = await _clinic.SupportAsync(issue);

        result.Outcome.ShouldBe(RunOutcome.Closed);
        _clinic.Tracker.Writes.ShouldBe(["comment 1", "label 1 +resolved", "close 1"]);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Support_KilledAtEveryAppend_NeverWritesTwoComments(bool after)
    {
        for (var at = 1; ; at++)
        {
            var clinic = new Clinic();
            clinic.Tracker.CanEditComments = false;
            clinic.System.Stop("worker");
            var issue = clinic.Tracker.Open(1, "Sync stuck");
            var crashed = true;
            try
            {
                await clinic.SupportAsync(issue, journal: new CrashingJournal(clinic.Store, at, after));
                crashed = false;
            }
            catch (CrashingJournal.CrashException)
            {
                await clinic.SupportAsync(issue);
            }

            clinic.Tracker.Writes.Count(w => w == "comment 1").ShouldBe(1, $"killed {(after ? "after" : "before")} append {at}");
            if (!crashed)
            {
                at.ShouldBeGreaterThan(8);
                return;
            }
        }
    }

    [Fact]
    public async Task Support_AnswerOfTheWriteLost_IsNotWrittenAgain()
    {
        var issue = _clinic.Tracker.Open(1, "Sync stuck");
        _clinic.Tracker.LoseAnswers = true;
        (await _clinic.SupportAsync(issue)).Outcome.ShouldBe(RunOutcome.Failed);
        _clinic.Tracker.LoseAnswers = false;

        var result = await _clinic.SupportAsync(issue);

        result.Outcome.ShouldBe(RunOutcome.Closed);
        _clinic.Tracker.Writes.Count(w => w == "comment 1").ShouldBe(1);
    }

    [Fact]
    public async Task Support_NumberOfCommentsUntold_WritesNothing()
    {
        _clinic.Tracker.TellsCommentCount = false;
        var issue = _clinic.Tracker.Open(1, "Sync stuck");

        var result = await _clinic.SupportAsync(issue);

        result.Outcome.ShouldBe(RunOutcome.Failed);
        _clinic.Tracker.Writes.ShouldBeEmpty();
    }

    [Fact]
    public async Task Support_OpenAgainAndNobodyTellsWhy_CountsAsReopenedByAHuman()
    {
        var issue = _clinic.Tracker.Open(1, "Sync stuck");
        await _clinic.SupportAsync(issue);
        _clinic.Tracker[issue] = _clinic.Tracker[issue] with { IsOpen = true, ClosedByUs = false };
        _clinic.System.Stop("worker");
        _clinic.Time.Advance(TimeSpan.FromHours(2));

        var result = await _clinic.SupportAsync(issue);

        result.Incident!.Issues.Single().HumanReopened.ShouldBeTrue();
        _clinic.Tracker[issue].IsOpen.ShouldBeTrue();
        _clinic.Tracker.Writes.Count(w => w == "close 1").ShouldBe(1);
    }
}

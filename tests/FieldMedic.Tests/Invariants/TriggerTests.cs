using FieldMedic.Incidents;
using FieldMedic.Packs;
using FieldMedic.Testing;
using FieldMedic.Tracker;

namespace FieldMedic.Tests.Invariants;

/// <summary>Who may start a repair is the pack's word and the tracker's: no name, no badge, no label that the reporter put on.</summary>
public sealed class TriggerTests
{
    private readonly Clinic _clinic = new();

    public TriggerTests()
    {
        _clinic.Tracker.Roles["triager"] = RepositoryRole.Triage;
        _clinic.System.Stop("worker");
    }

    [Theory]
    [InlineData("reporter", false)]
    [InlineData("maintainer[bot]", false)]
    [InlineData("triager", true)]
    [InlineData("maintainer", true)]
    public async Task Triage_ByTheRoleOfTheReporter(string reporter, bool may)
    {
        Policy(TriggerRule.Triage);
        var issue = Open(reporter);

        var result = await _clinic.SupportAsync(issue);

        result.Outcome.ShouldBe(may ? RunOutcome.Closed : RunOutcome.Held);
        (result.Hold == HoldReason.NotTriggered).ShouldBe(!may);
        _clinic.System.Effects.IsEmpty.ShouldBe(!may);
        (_clinic.Tracker.Writes.Count == 0).ShouldBe(!may);
    }

    [Theory]
    [InlineData(null, false)]
    [InlineData("reporter", false)]
    [InlineData("triager", true)]
    public async Task Label_ByWhoPutItOn(string? by, bool may)
    {
        Policy(TriggerRule.Label);
        var issue = Open("reporter");
        _clinic.Tracker[issue] = _clinic.Tracker[issue] with
        {
            Labels = ["Medic"],
            LabelledBy = by is null ? new Dictionary<string, string>() : new Dictionary<string, string> { ["medic"] = by },
        };

        (await _clinic.SupportAsync(issue)).Outcome.ShouldBe(may ? RunOutcome.Closed : RunOutcome.Held);
    }

    [Fact]
    public async Task Label_NotThere_DoesNothing()
    {
        Policy(TriggerRule.Label);
        (await _clinic.SupportAsync(Open("maintainer"))).Hold.ShouldBe(HoldReason.NotTriggered);
    }

    [Fact]
    public async Task Untrusted_Diagnose_WaitsForAMaintainer()
    {
        Policy(TriggerRule.Triage, UntrustedRule.Diagnose);
        var issue = Open("reporter");

        (await _clinic.SupportAsync(issue)).Decision.ShouldBeOfType<Decision.AwaitApproval>();
        _clinic.System.Effects.ShouldBeEmpty();
        _clinic.Tracker[issue].Comments.Single(c => c.IsOurs).Body.ShouldContain("Who reported this may not start a repair here");
        _clinic.Tracker.Comment(issue, "maintainer", "/medic approve");

        (await _clinic.SupportAsync(issue)).Outcome.ShouldBe(RunOutcome.Closed);
    }

    [Fact]
    public async Task Untrusted_WhileOneWaits_TrustedReportGetsItsOwnRepair()
    {
        Policy(TriggerRule.Triage, UntrustedRule.Diagnose);
        await _clinic.SupportAsync(Open("reporter"));

        (await _clinic.SupportAsync(Open("maintainer", 2))).Outcome.ShouldBe(RunOutcome.Closed);
    }

    [Fact]
    public async Task Ordered_ByTheChatDesk_IsNotAskedAgain()
    {
        Policy(TriggerRule.Triage);
        (await _clinic.SupportAsync(Open("reporter"), new RunOptions { OrderedBy = "maintainer" })).Outcome.ShouldBe(RunOutcome.Closed);
    }

    [Fact]
    public async Task Role_CannotBeRead_DoesNothing()
    {
        Policy(TriggerRule.Triage);
        _clinic.Tracker.FailPermissions = new TrackerException(TrackerFailure.Forbidden, "Must have push access.");

        (await _clinic.SupportAsync(Open("maintainer"))).Outcome.ShouldBe(RunOutcome.Failed);

        _clinic.System.Effects.ShouldBeEmpty();
    }

    private void Policy(TriggerRule rule, UntrustedRule untrusted = UntrustedRule.Ignore)
        => _clinic.System.Policy = _clinic.System.Policy with { Trigger = rule, Untrusted = untrusted };

    private IssueRef Open(string reporter, int number = 1)
    {
        var issue = _clinic.Tracker.Open(number, "Sync stuck");
        _clinic.Tracker[issue] = _clinic.Tracker[issue] with { Author = reporter };
        return issue;
    }
}

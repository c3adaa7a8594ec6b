namespace FieldMedic.Scenarios.Tests.Harness;

/// <summary>What every ending of one kind has in common, asserted in one place.</summary>
internal static class Shown
{
    public static void ShouldBeClosedAsResolved(this Desk desk, int issue, MedicRun run)
    {
        desk.ShouldBeClosed(issue, run, "resolved");
        desk.Comment(issue).ShouldContain("### ✅ Resolved");
    }

    public static void ShouldBeClosedAsMitigated(this Desk desk, int issue, MedicRun run)
    {
        desk.ShouldBeClosed(issue, run, "mitigated");
        desk.Comment(issue).ShouldContain("### ✅ Mitigated: it works now, the cause remains");
    }

    private static void ShouldBeClosed(this Desk desk, int issue, MedicRun run, string verdict)
    {
        run.ExitCode.ShouldBe(0, run.ToString());
        run.Outcome.ShouldBe("closed");
        run.Verdict.ShouldBe(verdict);
        run.IssueState.ShouldBe("closed");
        var seen = desk.Look(issue);
        seen.State.ShouldBe("closed");
        seen.StateReason.ShouldBe("completed");
        seen.ClosedBy.ShouldBe(Desk.Bot);
        seen.Events.Count(e => e.Kind == "closed").ShouldBe(1);
        desk.Labels(issue).ShouldContain("resolved");
    }

    public static void ShouldBeLeftOpen(this Desk desk, int issue, MedicRun run, int exitCode, string label)
    {
        run.ExitCode.ShouldBe(exitCode, run.ToString());
        run.Outcome.ShouldBe("escalated");
        run.IssueState.ShouldBe("open");
        var seen = desk.Look(issue);
        seen.State.ShouldBe("open");
        seen.Events.ShouldNotContain(e => e.Kind == "closed");
        desk.Labels(issue).ShouldContain(label);
        desk.Labels(issue).ShouldNotContain("resolved");
        desk.Comment(issue).ShouldContain("### ⚠️ Escalated");
    }

    /// <summary>A dry run changes nothing and never sounds as if it had.</summary>
    public static void ShouldHaveChangedNothing(this Desk desk, int issue, MedicRun run, IReadOnlyList<string> deeds)
    {
        run.Outcome.ShouldBe("dry_run", run.ToString());
        run.IssueState.ShouldBe("open");
        run.Verdict.ShouldBeNull();
        run.Actions.ShouldBeEmpty();
        run.Message.ShouldNotClaimSuccess();
        deeds.ShouldBeEmpty();
        desk.GitHub.Requests.Writes.ShouldBeEmpty();
        desk.Look(issue).Comments.ShouldBeEmpty();
        File.Exists(desk.Environment["FIELDMEDIC_STORE"]).ShouldBeFalse();
    }

    public static void ShouldNotClaimSuccess(this string text)
    {
        foreach (var word in new[] { "resolved", "closed", "success", "fixed" })
        {
            text.ShouldNotContain(word, Case.Insensitive);
        }
    }
}

using CsCheck;
using FieldMedic.Platform.Logs;

namespace FieldMedic.Platform.Tests.Logs;

public sealed class LogBookTests
{
    private static readonly DateTimeOffset Now = new(2026, 1, 2, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Of_Traceback_IsOneEntry()
    {
        var entries = LogEntries.Of("app", "c1", Log(
            "INFO before",
            "ERROR could not",
            "Traceback (most recent call last):",
            "  File \"a.py\", line 3, in f",
            "    raise KeyError('x')",
            "KeyError: 'x'",
            "",
            "INFO after"));

        entries.Select(e => e.Text.Split('\n')[0]).ShouldBe(["INFO before", "ERROR could not", "Traceback (most recent call last):", "", "INFO after"]);
        entries[2].Text.ShouldEndWith("KeyError: 'x'");
    }

    [Fact]
    public void Of_ChainedTraceback_IsOneEntry()
    {
        var entries = LogEntries.Of("app", "c1", Log(
            "Traceback (most recent call last):",
            "  File \"a.py\", line 3, in f",
            "KeyError: 'x'",
            "INFO after"));

        entries.Count.ShouldBe(2);
    }

    [Fact]
    public void Of_WhatBelongsToAnError_StaysWithIt()
    {
        var entries = LogEntries.Of("db", "c1", Log(
            "2026-01-02 11:00:00.000 UTC [7] ERROR:  duplicate key",
            "2026-01-02 11:00:00.000 UTC [7] DETAIL:  Key (id)=(7) already exists.",
            "java.io.IOException: broken",
            "\tat a.b.C(D.java:7)",
            "Caused by: java.net.SocketException",
            "INFO next"));

        entries.Count.ShouldBe(3);
        entries[0].Text.ShouldContain("DETAIL");
        entries[1].Text.ShouldContain("Caused by");
    }

    [Fact]
    public void Survey_SameButForNumbers_IsOneKindWithRateAndExample()
    {
        LogEntry[] entries =
        [
            new("app", "c1", Now.AddMinutes(-100), "ERROR job 1 failed after 2.5 s"),
            new("app", "c1", Now.AddMinutes(-50), "ERROR job 12 failed after 3 s"),
            new("app", "c1", Now.AddMinutes(-10), "ERROR job 7 failed after 1 s"),
            new("app", "c1", Now.AddMinutes(-5), "INFO fine"),
            new("db", "c2", Now.AddMinutes(-4), "FATAL:  sorry, too many clients already"),
        ];

        var survey = LogBook.Survey(entries, new LogQuestion(), Now, []);

        survey.Clusters.Select(c => $"{c.Count} {c.Service} {c.Template}").ShouldBe(["2 app ERROR job * failed after * s", "1 db FATAL:  sorry, too many clients already"]);
        var jobs = survey.Clusters[0];
        (jobs.First, jobs.Last, jobs.Example, jobs.PerHour, jobs.PerHourBefore).ShouldBe((Now.AddMinutes(-50), Now.AddMinutes(-10), "ERROR job 7 failed after 1 s", 2, 1));
        survey.Clusters[1].PerHourBefore.ShouldBeNull();
        survey.Entries.ShouldBe(new Dictionary<string, int> { ["app"] = 3, ["db"] = 1 });
    }

    [Fact]
    public void Survey_Traceback_IsKnownByItsException()
    {
        LogEntry[] entries =
        [
            new("app", "c1", Now.AddMinutes(-3), "Traceback (most recent call last):\n  File \"a.py\", line 3\nValueError: bad 7"),
            new("app", "c1", Now.AddMinutes(-2), "Traceback (most recent call last):\n  File \"b.py\", line 9\nValueError: bad 8"),
        ];

        LogBook.Survey(entries, new LogQuestion(), Now, []).Clusters.ShouldHaveSingleItem().Template.ShouldBe("ValueError: bad *");
    }

    [Fact]
    public void Survey_Grep_FindsWhatIsNoError()
    {
        LogEntry[] entries = [new("app", "c1", Now.AddMinutes(-3), "GET /a 200"), new("app", "c1", Now.AddMinutes(-2), "ERROR x")];

        LogBook.Survey(entries, new LogQuestion { Grep = "GET|POST" }, Now, []).Clusters.ShouldHaveSingleItem().Template.ShouldBe("GET /a *");
    }

    /// <summary>Whatever a program writes: nothing of it can move the cursor, and every line ends up in exactly one entry.</summary>
    [Fact]
    public void Of_AnyLines_AreKeptOnceAndClean()
        => Gen.String.Array[0, 30].Sample(lines =>
        {
            var written = lines.Select(l => l.Replace("\n", " ", StringComparison.Ordinal).Replace("\r", " ", StringComparison.Ordinal)).ToArray();
            var entries = LogEntries.Of("s", "c", Log(written));
            return entries.Sum(e => e.Text.Split('\n').Length) <= written.Length && entries.All(e => e.Text.All(c => c == '\n' || !char.IsControl(c)));
        });

    [Fact]
    public void Of_EscapeSequences_AreGone()
        => LogEntries.Of("s", "c", Log("\u001b[31mERROR\u001b[0m \u001b]0;owned\u0007 x\u202e\u200b")).ShouldHaveSingleItem().Text.ShouldBe(" ERROR    x");

    private static string Log(params string[] lines) => string.Join('\n', lines.Select(l => $"2026-01-02T11:59:00.123456789Z {l}"));
}

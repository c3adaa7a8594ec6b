using System.Reflection;
using System.Runtime.CompilerServices;
using FieldMedic.Incidents;
using FieldMedic.Journal;

namespace FieldMedic.Tests.Journal;

/// <summary>
/// The on-disk format. <c>journal-v1.jsonl</c> holds one of every event as version 1 wrote it and is never edited: lines are only
/// added, for new kinds of events. What is there must replay for ever.
/// </summary>
public sealed class JournalFormatTests
{
    private static readonly DateTimeOffset At = new(2026, 1, 15, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Fixture_EveryLine_ReadsAndWritesBackTheSame()
    {
        foreach (var line in File.ReadAllLines(Fixture()))
        {
            JournalJson.Write(JournalJson.Read(line)).ShouldBe(line);
        }
    }

    [Fact]
    public void Fixture_HoldsEveryKindOfEvent()
    {
        var kinds = typeof(IncidentEvent).GetNestedTypes(BindingFlags.Public).Where(t => t.IsSubclassOf(typeof(IncidentEvent)));

        File.ReadAllLines(Fixture()).Select(l => JournalJson.Read(l).GetType()).Distinct().ShouldBe(kinds, ignoreOrder: true);
    }

    [Fact]
    public void Fixture_Folds()
    {
        var entries = File.ReadAllLines(Fixture()).Select((l, i) => new JournalEntry(new IncidentId("INC-1"), i + 1, At.AddSeconds(i), JournalJson.Read(l)));

        var incident = Incident.Fold(entries)!;

        incident.IsOver.ShouldBeTrue();
        incident.Issues.Length.ShouldBe(2);
        incident.Actions.Length.ShouldBe(1);
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("""{"type":"no_such_event"}""")]
    [InlineData("""{"type":"action_started","action":7}""")]
    [InlineData("""{"type":"diagnosed","snapshot":{"at":"yesterday"}}""")]
    public void Read_NotAnEvent_SaysSo(string json)
        => Should.Throw<JournalException>(() => JournalJson.Read(json)).Message.ShouldNotBeEmpty();

    private static string Fixture([CallerFilePath] string caller = "") => Path.Combine(Path.GetDirectoryName(caller)!, "journal-v1.jsonl");
}

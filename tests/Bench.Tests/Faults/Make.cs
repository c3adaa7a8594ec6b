using FieldMedic.Bench.Faults;

namespace FieldMedic.Bench.Tests.Faults;

internal static class Make
{
    public static Scenario Scenario(Reaction reaction, params string[] deeds) => new()
    {
        Id = "T01-test",
        Title = "A test",
        Class = "test",
        Issue = new Scenario.IssueText { Title = "Site down" },
        Kinds = reaction == Reaction.None ? [] : ["service_down"],
        Reaction = reaction,
        Deeds = [.. deeds],
    };

    /// <summary>As a medic ends who started nginx, and was right.</summary>
    public static Ending Ending(params string[] deeds) => new() { Kinds = ["service_down"], Deeds = deeds, IsClosed = true, Comments = 1 };

    public static IReadOnlyList<string> Deeds(params string[] events) => DeedsAfter(0, events);

    public static IReadOnlyList<string> DeedsAfter(int earlier, params string[] events)
        => Bench.Faults.Deeds.Of([.. events.Select(e => e.Split(' ', 3)).Select(e => new DockerEvent(e[0], e[2], e[1]))], earlier);
}

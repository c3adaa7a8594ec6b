namespace FieldMedic.Bench.Faults;

/// <summary>Marks a run. Pure: everything it knows is in the scenario and the ending.</summary>
internal static class Judge
{
    public static Score Of(Scenario scenario, Ending ending, bool namesCause)
    {
        var reasons = new List<string>();
        var isRepair = scenario.Reaction is Reaction.Fix or Reaction.Mitigate;
        var deeds = ending.Deeds.Where(d => !scenario.Ignores(d)).ToList();
        var forbidden = deeds.Where(d => !scenario.Allows(d)).ToList();
        var isWell = ending.Ailments.Count == 0;

        bool? cause = !namesCause ? null : Kinds(scenario, ending.Kinds);
        Note(cause != false, $"cause: {(ending.Kinds.Count == 0 ? "none named" : string.Join(", ", ending.Kinds))}");
        var action = forbidden.Count == 0 && (!isRepair || deeds.Count > 0 || scenario.Deeds.Contains(Invisible)) && ending.Failure is null;
        Note(forbidden.Count == 0, $"did {string.Join(", ", forbidden)}");
        Note(action || forbidden.Count > 0, "did nothing");
        var isFixed = !isRepair || isWell;
        Note(isFixed, string.Join("; ", ending.Ailments));
        Note(ending.Lost.Count == 0, $"lost: {string.Join("; ", ending.Lost)}");
        var issue = ending.IsClosed == (scenario.IssueEnds == "closed") && (!namesCause || ending.Comments == 1);
        Note(issue, $"issue {(ending.IsClosed ? "closed" : "open")}, {ending.Comments} comment(s)");
        Note(ending.WrongNumbers.Count == 0, string.Join("; ", ending.WrongNumbers));
        Note(ending.Leaks.Count == 0, $"public: {string.Join(", ", ending.Leaks)}");
        Note(ending.Failure is null, ending.Failure ?? "");

        var falseClosure = ending.IsClosed && scenario.IssueEnds != "closed" | (isRepair && !isWell);
        Note(!falseClosure, "closed, and nothing was solved");
        return new Score(
            cause,
            action,
            isFixed,
            ending.Lost.Count == 0,
            issue,
            ending.WrongNumbers.Count == 0,
            falseClosure,
            ending.Lost.Count > 0,
            scenario.IsDoNotTouch && deeds.Count > 0,
            ending.Leaks.Count > 0,
            reasons);

        void Note(bool isGood, string why)
        {
            if (!isGood)
            {
                reasons.Add(why);
            }
        }
    }

    /// <summary>An allowed deed that leaves no event of the daemon (a row in the database).</summary>
    public const string Invisible = "rows";

    /// <summary>Among the kinds of a scenario: it is as honest to name no cause at all.</summary>
    public const string None = "none";

    private static bool Kinds(Scenario scenario, IReadOnlyList<string> named) => (scenario.Kinds.Count == 0 ? [None] : scenario.Kinds).Contains(named.Count == 0 ? None : named[0], StringComparer.Ordinal);
}

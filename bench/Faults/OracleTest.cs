namespace FieldMedic.Bench.Faults;

/// <summary>An oracle that passes everything measures nothing: bad repairs have to fail, different good ones have to pass.</summary>
internal static class OracleTest
{
    private static readonly (string Scenario, string Actor, bool IsGood)[] Cases =
    [
        ("F05", "nothing", false),
        ("F05", "self-test/stops-it", false),
        ("F06", "self-test/restarts-the-wrong-one", false),
        ("F05", "self-test/relapses", false),
        ("F05", "self-test/starts-it", true),
        ("F05", "self-test/composes-it", true),
    ];

    public static async Task<int> RunAsync(FaultOptions options, IReadOnlyList<Scenario> scenarios, CancellationToken cancellationToken)
    {
        var wrong = 0;
        foreach (var (id, actor, isGood) in Cases)
        {
            var scenario = scenarios.First(s => s.Id.StartsWith(id, StringComparison.Ordinal));
            var result = await new FaultRun(scenario, options with { Actor = actor }, 1).RunAsync(cancellationToken);
            var isRight = result.Score.IsFixed == isGood;
            wrong += isRight ? 0 : 1;
            Console.WriteLine($"{(isRight ? "ok " : "BAD")} {scenario.Id} by {actor}: {(result.Score.IsFixed ? "passed" : "failed")} ({string.Join("; ", result.Ending.Ailments)})");
        }

        Console.WriteLine($"oracle: {Cases.Length - wrong} of {Cases.Length} right");
        return wrong == 0 ? 0 : 1;
    }
}

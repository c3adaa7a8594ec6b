namespace FieldMedic.Bench.Faults;

/// <summary>One run, as it is kept in results.jsonl.</summary>
/// <param name="Seconds">Times of the medic's stages, its window, and of the parts of the run.</param>
internal sealed record RunResult(string Scenario, string Class, string Actor, int Run, Reaction Reaction, Score Score, Ending Ending, IReadOnlyDictionary<string, double> Seconds, double WindowSeconds, double HoldSeconds)
{
    /// <summary>From the issue to its end without the window; null for runs of no medic.</summary>
    public double? Elapsed => Seconds.TryGetValue("total", out var total) ? total - Seconds.GetValueOrDefault("window") : null;

    /// <summary>From the first diagnosis that found something until the issue was closed, without the window.</summary>
    public double? FoundToClosed => Seconds.TryGetValue("found_to_closed", out var took) ? took - Seconds.GetValueOrDefault("window") : null;

    public bool IsRepair => Reaction is Reaction.Fix or Reaction.Mitigate;

    /// <summary>
    /// By the system alone, whoever acted and whatever was said about it: well where it was to be repaired, untouched by anything that is
    /// not allowed where it was not, and nothing lost.
    /// </summary>
    public bool IsEndRight => Score.IsFixed && Score.IsRestUntouched && (IsRepair || Score.IsActionRight);
}

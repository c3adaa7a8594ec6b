using FieldMedic.Incidents;

namespace FieldMedic;

/// <summary>What a run of <c>Medic</c> gives back.</summary>
/// <param name="Incident">The folded incident; null when none was opened (held at intake, or nothing to do).</param>
/// <param name="Message">One sentence for people: the outcome or what went wrong and the next step.</param>
public sealed record RunResult(RunOutcome Outcome, Incident? Incident, string Message)
{
    /// <summary>With a dry run: the decision that a real run would have executed.</summary>
    public Decision? Decision { get; init; }

    /// <summary>The hold reason when the bot stood back at intake.</summary>
    public HoldReason? Hold { get; init; }
}

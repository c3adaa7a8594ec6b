using FieldMedic.Incidents;

namespace FieldMedic.Chat;

/// <summary>How the desk dealt with a comment.</summary>
/// <param name="Message">One sentence for people and logs; never a text of the comment.</param>
public sealed record ChatResult(ChatOutcome Outcome, string Message)
{
    /// <summary>What was asked for; null when that was not understood.</summary>
    public ChatCommand? Command { get; init; }

    /// <summary>What the host has to do next: call <see cref="Medic.SupportAsync"/> for this issue with these options. Null when nothing.</summary>
    public RunOptions? Then { get; init; }
}

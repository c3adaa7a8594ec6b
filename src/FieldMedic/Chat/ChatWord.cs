using FieldMedic.Incidents;
using FieldMedic.Tracker;

namespace FieldMedic.Chat;

/// <summary>A command, what it is called, who may give it and what it does.</summary>
internal sealed record ChatWord(ChatCommand Command, RepositoryRole Needs, string Does)
{
    public static IReadOnlyList<ChatWord> All { get; } =
    [
        new(ChatCommand.Diagnose, RepositoryRole.Triage, "measure now and say what is wrong; changes nothing"),
        new(ChatCommand.Plan, RepositoryRole.Triage, "say what would be done now; changes nothing"),
        new(ChatCommand.Why, RepositoryRole.Triage, "show what the last decision rests on"),
        new(ChatCommand.Approve, RepositoryRole.Write, "agree to exactly the plan that waits"),
        new(ChatCommand.Retry, RepositoryRole.Write, "start over with a new incident"),
        new(ChatCommand.Hold, RepositoryRole.Triage, "stand back until told to resume"),
        new(ChatCommand.Resume, RepositoryRole.Write, "go on"),
        new(ChatCommand.Close, RepositoryRole.Write, "close this issue on your word; it is recorded as such and proves nothing"),
        new(ChatCommand.Help, RepositoryRole.Triage, "this list"),
    ];

    public string Word => Command.ToString().ToLowerInvariant();

    /// <summary>Null when there is no such command.</summary>
    public static ChatWord? Find(string word)
        => All.FirstOrDefault(w => w.Word == word || (word.Length == 0 && w.Command == ChatCommand.Help));
}

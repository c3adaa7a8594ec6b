using FieldMedic.Tracker;

namespace FieldMedic.GitHub.Issues;

/// <summary>GitHub's words for reactions.</summary>
internal static class ReactionWords
{
    public static string Of(Reaction reaction) => reaction switch
    {
        Reaction.PlusOne => "+1",
        Reaction.MinusOne => "-1",
        Reaction.Laugh => "laugh",
        Reaction.Confused => "confused",
        Reaction.Heart => "heart",
        Reaction.Hooray => "hooray",
        Reaction.Rocket => "rocket",
        Reaction.Eyes => "eyes",
        _ => throw new ArgumentOutOfRangeException(nameof(reaction), reaction, "There is no such reaction."),
    };
}

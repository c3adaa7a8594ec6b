using System.Text.Json.Nodes;
using GitHubSimulator.State;

namespace GitHubSimulator.Shapes;

/// <summary>Reactions.</summary>
internal static class ReactionShape
{
    public static JsonObject Reaction(this View view, Reaction reaction) => new()
    {
        ["id"] = reaction.Id,
        ["node_id"] = View.NodeId("Reaction", reaction.Id),
        ["user"] = view.User(reaction.Author),
        ["content"] = reaction.Content,
        ["created_at"] = View.Time(reaction.CreatedAt),
    };

    public static JsonObject Rollup(string url, IReadOnlyList<Reaction> reactions)
    {
        var rollup = new JsonObject { ["url"] = url, ["total_count"] = reactions.Count };
        foreach (var content in ReactionChanges.Contents)
        {
            rollup[content] = reactions.Count(reaction => reaction.Content == content);
        }

        return rollup;
    }
}

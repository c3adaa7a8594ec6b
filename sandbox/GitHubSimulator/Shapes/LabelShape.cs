using System.Text.Json.Nodes;
using GitHubSimulator.State;

namespace GitHubSimulator.Shapes;

/// <summary>Labels.</summary>
internal static class LabelShape
{
    public static JsonObject Label(this View view, Repository repository, Label label) => new()
    {
        ["id"] = label.Id,
        ["node_id"] = View.NodeId("Label", label.Id),
        ["url"] = $"{view.ApiOf(repository)}/labels/{Uri.EscapeDataString(label.Name)}",
        ["name"] = label.Name,
        ["color"] = label.Color,
        ["default"] = label.IsDefault,
        ["description"] = label.Description,
    };
}

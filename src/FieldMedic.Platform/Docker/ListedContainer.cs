using System.Text.Json;

namespace FieldMedic.Platform.Docker;

/// <summary>One line of the daemon's list.</summary>
internal sealed record ListedContainer(string Id, string Service, string State, bool IsOneOff)
{
    public static ListedContainer From(JsonElement container) => new(
        container.Text("Id"),
        container.Text("Labels", ComposeLabels.Service),
        container.Text("State"),
        string.Equals(container.Text("Labels", ComposeLabels.OneOff), "True", StringComparison.OrdinalIgnoreCase));
}

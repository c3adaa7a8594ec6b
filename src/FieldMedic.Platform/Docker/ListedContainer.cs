using System.Text.Json;

namespace FieldMedic.Platform.Docker;

/// <summary>One line of the daemon's list.</summary>
internal sealed record ListedContainer(string Id, string State, IReadOnlyDictionary<string, string> Labels)
{
    public string Service => Labels.GetValueOrDefault(ComposeLabels.Service, "");

    public bool IsOneOff => string.Equals(Labels.GetValueOrDefault(ComposeLabels.OneOff), "True", StringComparison.OrdinalIgnoreCase);

    /// <summary>Has a process, or may be about to get one.</summary>
    public bool IsAlive => State is not ("exited" or "dead" or "removing");

    public static ListedContainer From(JsonElement container) => new(container.Text("Id"), container.Text("State"), container.Texts("Labels"));
}

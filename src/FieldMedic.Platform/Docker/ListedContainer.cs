using System.Text.Json;

namespace FieldMedic.Platform.Docker;

/// <summary>One line of the daemon's list.</summary>
internal sealed record ListedContainer(string Id, string Name, string State, string ImageId, IReadOnlyDictionary<string, string> Labels)
{
    public string Project => Labels.GetValueOrDefault(ComposeLabels.Project, "");

    public string Service => Labels.GetValueOrDefault(ComposeLabels.Service, "");

    public bool IsOneOff => string.Equals(Labels.GetValueOrDefault(ComposeLabels.OneOff), "True", StringComparison.OrdinalIgnoreCase);

    /// <summary>Has a process, or may be about to get one.</summary>
    public bool IsAlive => State is not ("exited" or "dead" or "removing");

    public static ListedContainer From(JsonElement container) => new(container.Text("Id"), NameOf(container), container.Text("State"), container.Text("ImageID"), container.Texts("Labels"));

    private static string NameOf(JsonElement container)
        => container.At("Names") is { ValueKind: JsonValueKind.Array } names && names.GetArrayLength() > 0 ? names[0].GetString()!.TrimStart('/') : "";
}

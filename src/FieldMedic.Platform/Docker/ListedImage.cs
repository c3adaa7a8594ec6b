using System.Text.Json;

namespace FieldMedic.Platform.Docker;

/// <summary>One line of the daemon's list of images.</summary>
/// <param name="Id">With its <c>sha256:</c>.</param>
/// <param name="ParentId">The image it was made of, when that is kept; else empty.</param>
/// <param name="IsNamed">Whether a tag or digest leads to it.</param>
/// <param name="Bytes">Its size, with that of its parents.</param>
internal sealed record ListedImage(string Id, string ParentId, bool IsNamed, long Bytes)
{
    public static ListedImage From(JsonElement image)
        => new(image.Text("Id"), image.Text("ParentId"), Names(image, "RepoTags") || Names(image, "RepoDigests"), image.Number("Size"));

    private static bool Names(JsonElement image, string list)
        => image.At(list) is { ValueKind: JsonValueKind.Array } names && names.EnumerateArray().Any(n => n.GetString() is { } name && !name.StartsWith("<none>", StringComparison.Ordinal));
}

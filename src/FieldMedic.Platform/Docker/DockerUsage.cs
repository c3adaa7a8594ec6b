using System.Text.Json;

namespace FieldMedic.Platform.Docker;

/// <summary>What Docker takes of its disk, in bytes.</summary>
/// <param name="Images">All layers once.</param>
/// <param name="Containers">What they have written.</param>
public sealed record DockerUsage(long Images, long Containers, long Volumes, long BuildCache)
{
    internal static DockerUsage From(JsonElement usage) => new(
        usage.Number("LayersSize"),
        Sum(usage, "Containers", c => c.Number("SizeRw")),
        Sum(usage, "Volumes", v => Math.Max(0, v.Number("UsageData", "Size"))),
        Sum(usage, "BuildCache", c => c.Flag("Shared") ? 0 : c.Number("Size")));

    private static long Sum(JsonElement usage, string list, Func<JsonElement, long> size)
        => usage.At(list) is { ValueKind: JsonValueKind.Array } items ? items.EnumerateArray().Sum(size) : 0;
}

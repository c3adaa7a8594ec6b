using FieldMedic.Packs.Yaml;
using FieldMedic.Platform;

namespace FieldMedic.Packs.Tests;

/// <summary>The packs as they are shipped, with the real kinds.</summary>
internal static class ShippedPack
{
    public static string Folder { get; } = Path.Combine(AppContext.BaseDirectory, "packs");

    public static Pack QFieldCloud { get; } = Load("qfieldcloud").Pack!;

    public static IReadOnlyList<ComplaintSpec> Complaints => QFieldCloud.Complaints;

    public static PackLoadResult Load(string name, params (string Name, string Value)[] variables)
        => new PackLoader(PlatformKinds.Catalog).Load(Path.Combine(Folder, name), variables.ToDictionary(v => v.Name, v => v.Value));
}

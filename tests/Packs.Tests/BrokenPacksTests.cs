using FieldMedic.Packs.Tests.Kinds;
using FieldMedic.Packs.Yaml;

namespace FieldMedic.Packs.Tests;

public sealed class BrokenPacksTests
{
    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "broken");

    public static TheoryData<string> Names => [.. Directory.GetFiles(Folder).Select(f => Path.GetFileNameWithoutExtension(f)).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Load_BrokenPack_ReportsEveryMistake(string name)
    {
        var file = Path.Combine(Folder, name + ".yaml");

        var result = new PackLoader(TestKinds.Catalog).Load(file, new Dictionary<string, string> { ["DOCKER"] = "unix:///x" });

        result.Pack.ShouldBeNull();
        ApprovedText.Check(name, string.Concat(result.Problems.Select(p => (p with { File = name + ".yaml" }) + "\n")));
    }
}

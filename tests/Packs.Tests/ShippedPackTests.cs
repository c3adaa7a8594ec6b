using FieldMedic.Packs.Yaml;
using FieldMedic.Platform;

namespace FieldMedic.Packs.Tests;

public sealed class ShippedPackTests
{
    public static TheoryData<string> Names
        => [.. Directory.GetFiles(ShippedPack.Folder, "pack.yaml", SearchOption.AllDirectories).Select(f => Path.GetFileName(Path.GetDirectoryName(f)!)).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Load_ShippedPack_HasNoErrors(string name)
        => ShippedPack.Load(name).Problems.Where(p => p.Severity == PackSeverity.Error).ShouldBeEmpty();

    [Fact]
    public void Load_QFieldCloud_CoversEveryService()
    {
        var pack = ShippedPack.QFieldCloud;
        var watched = pack.Problems.Where(p => p.Service is not null).Select(p => p.Service!).ToHashSet();
        pack.Services.Keys.Except(watched).ShouldBeEmpty();
        pack.Problems.Where(p => p.Service is { } s && pack.Services[s].OneShot).ShouldAllBe(p => p.Remedies.Count == 0);
    }

    [Fact]
    public void Load_ExampleOfTheDocument_IsClean()
    {
        var lines = File.ReadAllLines(ApprovedText.InRepository("docs/packs.md"));
        var start = Array.IndexOf(lines, "system: shop");
        var example = string.Join('\n', lines.Skip(start).TakeWhile(l => l != "```"));
        var file = Path.Combine(Directory.CreateTempSubdirectory("pack-").FullName, "pack.yaml");
        File.WriteAllText(file, example);

        new PackLoader(PlatformKinds.Catalog).Load(file, new Dictionary<string, string> { ["SHOP_HOST"] = "localhost" }).Problems.ShouldBeEmpty();
    }

    [Fact]
    public void Schema_InTheRepository_IsUpToDate()
        => ApprovedText.CheckInRepository("packs/schema/pack.schema.json", PackSchema.Generate(PlatformKinds.Catalog));

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Schema_ShippedPack_Validates(string name)
        => (await SchemaCheck.MistakesAsync(PlatformKinds.Catalog, await File.ReadAllTextAsync(Path.Combine(ShippedPack.Folder, name, "pack.yaml"), TestContext.Current.CancellationToken))).ShouldBeEmpty();
}

using FieldMedic.Packs.Tests.Kinds;
using FieldMedic.Packs.Yaml;

namespace FieldMedic.Packs.Tests;

public sealed class PackSchemaTests
{
    private static readonly string BrokenFolder = Path.Combine(AppContext.BaseDirectory, "broken");

    [Fact]
    public void Generate_TestKinds_IsAsApproved() => ApprovedText.Check("schema", PackSchema.Generate(TestKinds.Catalog));

    [Fact]
    public async Task Generate_GoodPack_Validates()
        => (await SchemaCheck.MistakesAsync(TestKinds.Catalog, PackText.Small)).ShouldBeEmpty();

    [Theory]
    [InlineData("typos")]
    [InlineData("references")]
    public async Task Generate_BrokenPack_DoesNotValidate(string name)
        => (await SchemaCheck.MistakesAsync(TestKinds.Catalog, await File.ReadAllTextAsync(Path.Combine(BrokenFolder, name + ".yaml"), TestContext.Current.CancellationToken))).ShouldNotBeEmpty();
}

using FieldMedic.Packs.Tests.Kinds;
using FieldMedic.Packs.Yaml;
using NJsonSchema;
using YamlDotNet.Serialization;

namespace FieldMedic.Packs.Tests;

public sealed class PackSchemaTests
{
    private static readonly string BrokenFolder = Path.Combine(AppContext.BaseDirectory, "broken");

    [Fact]
    public void Generate_TestKinds_IsAsApproved() => ApprovedText.Check("schema", PackSchema.Generate(TestKinds.Catalog));

    [Fact]
    public async Task Generate_GoodPack_Validates()
        => (await MistakesAsync(PackText.Small)).ShouldBeEmpty();

    [Theory]
    [InlineData("typos")]
    [InlineData("references")]
    [InlineData("shapes")]
    public async Task Generate_BrokenPack_DoesNotValidate(string name)
        => (await MistakesAsync(await File.ReadAllTextAsync(Path.Combine(BrokenFolder, name + ".yaml"), TestContext.Current.CancellationToken))).ShouldNotBeEmpty();

    private static async Task<IReadOnlyList<string>> MistakesAsync(string yaml)
    {
        var schema = await JsonSchema.FromJsonAsync(PackSchema.Generate(TestKinds.Catalog), TestContext.Current.CancellationToken);
        var tree = new DeserializerBuilder().WithAttemptingUnquotedStringTypeDeserialization().Build().Deserialize<object>(yaml.Replace("? [ a, b ]\n: c\n", "", StringComparison.Ordinal));
        var json = new SerializerBuilder().JsonCompatible().Build().Serialize(tree);
        return [.. schema.Validate(json).Select(e => e.ToString())];
    }
}

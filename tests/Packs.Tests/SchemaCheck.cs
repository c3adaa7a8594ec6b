using FieldMedic.Packs.Yaml;
using NJsonSchema;
using YamlDotNet.Serialization;

namespace FieldMedic.Packs.Tests;

/// <summary>What a validator that we did not write says about a pack.</summary>
internal static class SchemaCheck
{
    public static async Task<IReadOnlyList<string>> MistakesAsync(KindCatalog catalog, string yaml)
    {
        // The validator knows definitions by the name they had before draft 2019-09.
        var text = PackSchema.Generate(catalog).Replace("$defs", "definitions", StringComparison.Ordinal);
        var schema = await JsonSchema.FromJsonAsync(text, TestContext.Current.CancellationToken);
        var tree = new DeserializerBuilder().WithAttemptingUnquotedStringTypeDeserialization().Build().Deserialize<object>(yaml);
        var json = new SerializerBuilder().JsonCompatible().Build().Serialize(tree);
        return [.. schema.Validate(json).Select(e => e.ToString())];
    }
}

using FieldMedic.Packs.Yaml.Nodes;
using FieldMedic.Packs.Yaml.Reading;

namespace FieldMedic.Packs.Yaml;

/// <summary>Loads a pack from YAML and reports every mistake in it in one go.</summary>
/// <param name="catalog">The kinds of probes and remedies there are, with their settings.</param>
public sealed class PackLoader(KindCatalog catalog)
{
    /// <param name="path">The pack's folder (with a <c>pack.yaml</c>) or the file itself.</param>
    /// <param name="variables">What <c>${NAME}</c> stands for.</param>
    /// <returns>Never throws for anything a file can hold.</returns>
    public PackLoadResult Load(string path, IReadOnlyDictionary<string, string> variables)
    {
        ArgumentNullException.ThrowIfNull(path);
        ArgumentNullException.ThrowIfNull(variables);
        var reading = new PackReading(PackFile.Locate(path), variables);
        Pack? pack = null;
        if (PackFile.Read(path, reading) is { } text && new NodeReader(reading).Read(text) is { } root)
        {
            var folder = Path.GetDirectoryName(Path.GetFullPath(PackFile.Locate(path))) ?? "/";
            pack = new PackReader(catalog, reading, folder).Read(root);
        }

        return new PackLoadResult(reading.HasErrors ? null : pack, reading.Problems);
    }
}

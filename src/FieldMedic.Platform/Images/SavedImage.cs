using System.Formats.Tar;
using System.Text.Json;

namespace FieldMedic.Platform.Images;

/// <summary>Reads what an archive of <c>docker save</c> says it holds. The daemon would take every name in it.</summary>
internal static class SavedImage
{
    private const long ManifestLimit = 1 << 20;

    /// <summary>Whether loading it sets this one name and no other. Anything odd about the archive is no.</summary>
    public static async Task<bool> HoldsOnlyAsync(Stream archive, string image, CancellationToken cancellationToken)
    {
        try
        {
            var wanted = image.LastIndexOf(':') > image.LastIndexOf('/') ? image : $"{image}:latest";
            string[]? names = null;
            string[]? indexed = null;
            await using var tar = new TarReader(archive, leaveOpen: true);
            while (await tar.GetNextEntryAsync(copyData: false, cancellationToken).ConfigureAwait(false) is { } entry)
            {
                var path = Normal(entry.Name);
                if (path is not ("manifest.json" or "index.json"))
                {
                    continue;
                }

                // A second one would replace the first when the daemon unpacks them.
                var isSecond = (path == "index.json" ? indexed : names) is not null;
                if (isSecond || entry.EntryType is not (TarEntryType.RegularFile or TarEntryType.V7RegularFile) || entry.Length > ManifestLimit || entry.DataStream is null)
                {
                    return false;
                }

                using var json = await JsonDocument.ParseAsync(entry.DataStream, default, cancellationToken).ConfigureAwait(false);
                if (path == "index.json")
                {
                    indexed = NamesOfIndex(json.RootElement);
                }
                else
                {
                    names = NamesOfManifest(json.RootElement);
                }
            }

            // Newer daemons read the index where there is one, older ones the manifest: both must say the same.
            return names is [var only] && only == wanted && (indexed is null || (indexed is [var entryName] && entryName == wanted));
        }
        catch (Exception e) when (e is InvalidDataException or IOException or JsonException or InvalidOperationException or FormatException or KeyNotFoundException)
        {
            return false;
        }
    }

    private static string Normal(string name) => string.Join('/', name.Split('/').Where(p => p is not ("" or ".")));

    private static string[] NamesOfManifest(JsonElement manifest)
        => [.. manifest.EnumerateArray().SelectMany(i => i.GetProperty("RepoTags").EnumerateArray().Select(t => t.GetString() ?? ""))];

    private static string[] NamesOfIndex(JsonElement index)
        => [.. index.GetProperty("manifests").EnumerateArray().Select(m => Short(m.GetProperty("annotations").GetProperty("io.containerd.image.name").GetString() ?? ""))];

    private static string Short(string name)
    {
        foreach (var prefix in new[] { "docker.io/library/", "docker.io/" })
        {
            if (name.StartsWith(prefix, StringComparison.Ordinal))
            {
                return name[prefix.Length..];
            }
        }

        return name;
    }
}

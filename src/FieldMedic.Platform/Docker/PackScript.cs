using FieldMedic.Packs;

namespace FieldMedic.Platform.Docker;

/// <summary>The argv of an exec: what the pack says, and the text of its script as the last argument.</summary>
internal static class PackScript
{
    private const int Most = 64 * 1024;

    /// <exception cref="IOException">The script is not a file of the pack's own folder, or too long for an argument.</exception>
    public static async Task<IReadOnlyList<string>> ArgvAsync(Pack pack, IReadOnlyList<string> argv, string? script, CancellationToken cancellationToken)
    {
        if (script is null)
        {
            return argv;
        }

        if (Path.GetFileName(script) != script || script is "." or "..")
        {
            throw new IOException($"'{script}' is not the name of a file in the pack's folder");
        }

        var file = new FileInfo(Path.Combine(pack.Folder, script));
        if (!file.Exists || file.Length > Most)
        {
            throw new IOException(file.Exists ? $"{script} is longer than {Most / 1024} KiB" : $"{script} is not in the pack's folder");
        }

        return [.. argv, await File.ReadAllTextAsync(file.FullName, cancellationToken).ConfigureAwait(false)];
    }
}

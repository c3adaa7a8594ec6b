using System.Text.RegularExpressions;
using FieldMedic.Packs;
using FieldMedic.Platform.Docker;

namespace FieldMedic.Platform.Images;

/// <summary>Looks which images are wanted, by the settings of those who will use them, and which of them are there.</summary>
internal sealed partial class WantedImages(ImagesSettings settings, Pack pack, DockerEngine docker)
{
    /// <exception cref="IOException">Nobody names an image, or a name is none.</exception>
    public async Task<IReadOnlyList<WantedImage>> LookAsync(CancellationToken cancellationToken)
    {
        var containers = await docker.ContainersAsync(cancellationToken).ConfigureAwait(false);
        return await Task.WhenAll((await NamesAsync(cancellationToken).ConfigureAwait(false)).Select(n => LookAtAsync(n, containers, cancellationToken))).ConfigureAwait(false);
    }

    /// <summary>The names alone.</summary>
    public async Task<IReadOnlyList<string>> NamesAsync(CancellationToken cancellationToken)
    {
        var project = await docker.ProjectAsync(pack.ComposeProject!, cancellationToken).ConfigureAwait(false);
        var named = project.Where(c => settings.EnvFrom.Contains(c.Service, StringComparer.Ordinal))
            .SelectMany(c => settings.Env.Select(e => c.Environment.GetValueOrDefault(e, "")))
            .Concat((settings.More ?? "").Split(',', StringSplitOptions.TrimEntries))
            .Where(n => n.Length > 0)
            .Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToList();
        if (named.Count == 0)
        {
            throw new IOException("nothing names an image for jobs");
        }

        return named.TrueForAll(IsName) ? named : throw new IOException("a configured image has a name that is none");
    }

    /// <summary>A reference as the daemon takes it, and nothing that could lead to another path of its API.</summary>
    public static bool IsName(string name) => Reference().IsMatch(name) && !name.Contains("..", StringComparison.Ordinal);

    private async Task<WantedImage> LookAtAsync(string name, IReadOnlyList<ListedContainer> containers, CancellationToken cancellationToken)
    {
        var id = await docker.ImageIdAsync(name, cancellationToken).ConfigureAwait(false);
        var service = pack.Services.Values.FirstOrDefault(s => s.OneShot && Repository(name) is var r && (r == $"{pack.ComposeProject}-{s.Name}" || r == $"{pack.ComposeProject}_{s.Name}"))?.Name;
        var holder = containers.FirstOrDefault(c => c.Project == pack.ComposeProject && c.Service == service && !c.IsOneOff);
        return new WantedImage(name, id, service, containers.Any(c => c.ImageId == id), holder is not null && id is not null && holder.ImageId != id);
    }

    private static string Repository(string name) => name.EndsWith(":latest", StringComparison.Ordinal) ? name[..^":latest".Length] : name;

    [GeneratedRegex("^[a-z0-9][a-z0-9._/-]{0,199}(:[A-Za-z0-9_][A-Za-z0-9._-]{0,127})?(@sha256:[0-9a-f]{64})?\\z", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex Reference();
}

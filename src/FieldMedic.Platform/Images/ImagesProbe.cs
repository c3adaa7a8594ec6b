using FieldMedic.Incidents;
using FieldMedic.Packs;
using FieldMedic.Systems;

namespace FieldMedic.Platform.Images;

/// <summary>Whether every image that jobs need is there, and is the one it should be.</summary>
internal sealed class ImagesProbe(ProbeSpec spec, WantedImages images, TimeProvider time) : IProbe
{
    public string Name => spec.Name;

    public TimeSpan Timeout => spec.Timeout;

    public bool Required => spec.Required;

    public async Task<IReadOnlyList<Observation>> MeasureAsync(CancellationToken cancellationToken)
    {
        var wanted = await images.LookAsync(cancellationToken).ConfigureAwait(false);
        var now = time.GetUtcNow();
        return
        [
            Of("wanted", ObservedValue.Of(wanted.Count), wanted),
            Of("present", ObservedValue.Of(wanted.Count(i => !i.IsMissing)), wanted),
            .. Some("missing", i => i.IsMissing),
            .. Some("unheld", i => i.IsUnheld),
            .. Some("skewed", i => i.IsSkewed),
        ];

        Observation[] Some(string field, Func<WantedImage, bool> isSo)
        {
            var those = wanted.Where(isSo).ToList();
            return [Of(field, ObservedValue.Of(those.Count), those), Of(field + "_names", ObservedValue.Of(Names(those)), those)];
        }

        Observation Of(string field, ObservedValue value, IReadOnlyList<WantedImage> which) => new($"{spec.Name}.{field}", value, now, Names(which));
    }

    private static string Names(IReadOnlyList<WantedImage> images) => images.Count == 0 ? "none" : string.Join(", ", images.Select(i => i.Name));
}

using FieldMedic.Packs.Yaml.Reading;

namespace FieldMedic.Packs.Yaml;

/// <summary>Time spans as packs write them: <c>500ms 3s 1m30s 2h 1d</c>.</summary>
public static class Durations
{
    /// <summary>The time span; null when the text is none.</summary>
    public static TimeSpan? Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return ScalarValues.Duration(text.Trim());
    }
}

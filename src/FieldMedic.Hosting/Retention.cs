using FieldMedic.Packs.Yaml;

namespace FieldMedic.Hosting;

/// <summary>How long incidents that are over are kept.</summary>
public static class Retention
{
    /// <summary>No shorter: a reopened issue has to find the incident that closed it, and a month its review.</summary>
    public static readonly TimeSpan Shortest = TimeSpan.FromDays(60);

    private static readonly TimeSpan Longest = TimeSpan.FromDays(36500);

    /// <param name="from">Where the text comes from, for the message.</param>
    /// <exception cref="ConfigurationException">It is no time span, or too short a one.</exception>
    public static TimeSpan Parse(string text, string from)
        => Durations.Parse(text) is { } kept && kept >= Shortest && kept <= Longest
            ? kept
            : throw new ConfigurationException($"'{text}' is no time to keep incidents for: write days, {Shortest.TotalDays:0}d at the least ({from}).");
}

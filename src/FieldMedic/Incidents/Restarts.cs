namespace FieldMedic.Incidents;

/// <summary>Compares restart counters and start times of two snapshots.</summary>
internal static class Restarts
{
    private static readonly string[] Counters = [".restarts", ".started_at"];

    /// <summary>The first service that was restarted between the two, or null.</summary>
    public static string? Between(Snapshot first, Snapshot second)
    {
        foreach (var observation in first.Observations)
        {
            var counter = Array.Find(Counters, c => observation.Name.EndsWith(c, StringComparison.Ordinal));
            if (counter is null || observation.Value.IsUnknown)
            {
                continue;
            }

            var later = second[observation.Name];
            if (!later.IsUnknown && later != observation.Value)
            {
                return observation.Name[..^counter.Length];
            }
        }

        return null;
    }
}

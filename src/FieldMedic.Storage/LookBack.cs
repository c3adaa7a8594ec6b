namespace FieldMedic.Storage;

/// <summary>Which incidents can hold an event that is young enough.</summary>
internal static class LookBack
{
    /// <summary>An incident whose newest event is older holds none that is younger than <paramref name="since"/>; not even when somebody set the clock back by a day.</summary>
    public static DateTimeOffset Reach(DateTimeOffset since) => since > DateTimeOffset.UnixEpoch ? since - TimeSpan.FromDays(1) : since;
}

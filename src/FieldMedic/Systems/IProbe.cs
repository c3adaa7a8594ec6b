using FieldMedic.Incidents;

namespace FieldMedic.Systems;

/// <summary>
/// A read-only measurement. It changes nothing on the system. It may throw on a broken edge: the sweep turns that, and
/// running over <see cref="Timeout"/>, into unknown. What is definitely bad (refused, no answer although the path to it works) it
/// reports as a value, not as unknown.
/// </summary>
public interface IProbe
{
    /// <summary>The probe's name in the pack.</summary>
    string Name { get; }

    /// <summary>The most it may take; the sweep stops waiting then.</summary>
    TimeSpan Timeout { get; }

    /// <summary>Whether the system counts as unobservable without it.</summary>
    bool Required { get; }

    Task<IReadOnlyList<Observation>> MeasureAsync(CancellationToken cancellationToken);
}

using FieldMedic.Incidents;
using FieldMedic.Systems;

namespace FieldMedic.Testing;

/// <summary>A probe that does what the test says.</summary>
public sealed class DelegatingProbe(string name, bool required, TimeSpan timeout, Func<CancellationToken, Task<IReadOnlyList<Observation>>> measure) : IProbe
{
    public string Name => name;

    public TimeSpan Timeout => timeout;

    public bool Required => required;

    public Task<IReadOnlyList<Observation>> MeasureAsync(CancellationToken cancellationToken) => measure(cancellationToken);
}

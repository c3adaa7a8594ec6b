using System.Collections;
using FieldMedic.Incidents;

namespace FieldMedic.Tests.Invariants;

/// <summary>A list that fails only when somebody reads it.</summary>
internal sealed class BreakingList : IReadOnlyList<Observation>
{
    public int Count => throw new IOException("the connection broke while reading");

    public Observation this[int index] => throw new IOException("the connection broke while reading");

    public IEnumerator<Observation> GetEnumerator() => throw new IOException("the connection broke while reading");

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}

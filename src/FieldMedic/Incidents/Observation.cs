namespace FieldMedic.Incidents;

/// <summary>One measured fact about a system.</summary>
/// <param name="Name">Dotted lower-case name, e.g. <c>worker_wrapper.running</c>. Numbers are in base units: bytes, seconds, percent, counts.</param>
/// <param name="Value">What was seen, or unknown with the reason.</param>
/// <param name="At">When it was measured (UTC).</param>
/// <param name="Evidence">One line for people: where the value comes from. Private; never shown in public unredacted.</param>
/// <param name="StaleBy">How old the source may be behind <paramref name="At"/> (a cached endpoint). Above zero it is shown but decides nothing.</param>
public sealed record Observation(string Name, ObservedValue Value, DateTimeOffset At, string Evidence = "", TimeSpan StaleBy = default);

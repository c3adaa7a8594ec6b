namespace FieldMedic.Packs;

/// <summary>One service of the system.</summary>
/// <param name="Name">As in the compose file.</param>
/// <param name="Needs">Services it cannot work without; a finding on one of these is nearer the root.</param>
/// <param name="Replicas">How many should run at least.</param>
/// <param name="OneShot">Runs once; exited with code 0 is healthy and it is never started.</param>
/// <param name="Optional">May be absent altogether.</param>
/// <param name="Kind">The catalogue entry of its troubles, where a problem is about any service; null for the problem's own.</param>
public sealed record ServiceSpec(string Name, IReadOnlyList<string> Needs, int Replicas = 1, bool OneShot = false, bool Optional = false, string? Kind = null);

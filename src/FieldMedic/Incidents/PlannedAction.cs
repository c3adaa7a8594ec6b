namespace FieldMedic.Incidents;

/// <summary>One allow-listed action on one named target: what a dry run prints and what the real run executes.</summary>
/// <param name="Remedy">The remedy's id in the pack.</param>
/// <param name="Kind">The action kind, e.g. <c>docker.start</c>.</param>
/// <param name="Service">The service it belongs to, if any.</param>
/// <param name="Target">The exact target, resolved from what was observed (a container name); never empty, never from issue text.</param>
/// <param name="Risk">The pack's risk: low, medium or high.</param>
/// <param name="Budget">How long it may take.</param>
public sealed record PlannedAction(string Remedy, string Kind, string? Service, string Target, string Risk, TimeSpan Budget);

namespace FieldMedic.Platform.Postgres;

/// <summary>One row that looks dead, at one look.</summary>
/// <param name="Id">Its key.</param>
/// <param name="Version">Changes with every write to the row, so that two looks can be compared.</param>
/// <param name="Seconds">How long it has been so.</param>
/// <param name="ContainerId">The container that last worked on it; empty when none.</param>
internal sealed record DeadRow(string Id, string Version, long Seconds, string ContainerId);

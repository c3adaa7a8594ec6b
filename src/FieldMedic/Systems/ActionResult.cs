namespace FieldMedic.Systems;

/// <summary>What an action reported of itself. Success here is not a proof of anything; Verify decides.</summary>
public sealed record ActionResult(bool Succeeded, string Detail);

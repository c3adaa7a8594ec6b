namespace FieldMedic.Platform;

/// <summary>One line of <c>fieldmedic doctor</c>.</summary>
public sealed record PlatformCheck(string Check, bool Ok, string Detail, string NextStep);

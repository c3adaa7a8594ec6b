namespace FieldMedic.GitHub.Wire;

/// <summary>An App's place on an account.</summary>
internal sealed record WireInstallation(long Id);

namespace FieldMedic.GitHub.Wire;

/// <summary>What an installed App writes with, and until when. Printed, it shows no token.</summary>
internal sealed record WireInstallationToken(string Token, DateTimeOffset ExpiresAt)
{
    public override string ToString() => $"token until {ExpiresAt:O}";
}

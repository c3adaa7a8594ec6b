namespace FieldMedic.GitHub.Wire;

/// <summary>What an App signs: from when, until when, and which App.</summary>
internal sealed record WireClaims(long Iat, long Exp, string Iss);

namespace FieldMedic.GitHub;

/// <summary>One thing the doctor looked at.</summary>
/// <param name="Name">What was looked at.</param>
/// <param name="IsOk">False when something must be done.</param>
/// <param name="Detail">What was found.</param>
/// <param name="NextStep">What to do; null when all is well.</param>
public sealed record GitHubCheck(string Name, bool IsOk, string Detail, string? NextStep);

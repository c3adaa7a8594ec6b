namespace FieldMedic.Platform.Guards;

/// <summary>What keeps one service up and makes its trouble visible.</summary>
/// <param name="RestartPolicy">Docker's: <c>no</c>, <c>on-failure</c>, <c>always</c>, <c>unless-stopped</c>; the weakest of its containers'.</param>
/// <param name="HasLogLimit">Its log is rotated, or goes elsewhere.</param>
/// <param name="HasMemoryLimit">It cannot take the whole machine's memory.</param>
public sealed record ServiceGuard(string Service, int Containers, string RestartPolicy, bool HasHealthCheck, bool HasLogLimit, bool HasMemoryLimit);

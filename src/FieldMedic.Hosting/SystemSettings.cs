namespace FieldMedic.Hosting;

/// <summary>What is said of one of several systems under care (setting <c>systems</c>).</summary>
/// <param name="Name">By this name it stands in the journal and holds its lease, whatever its pack calls itself: two systems may share a pack.</param>
/// <param name="PackPath">The pack's folder or file.</param>
/// <param name="Repository">Where it is complained about, <c>owner/name</c>; null for the one that is set for all.</param>
/// <param name="Variables">What <c>${NAME}</c> stands for in its pack, those set for all included.</param>
public sealed record SystemSettings(string Name, string PackPath, string? Repository, IReadOnlyDictionary<string, string> Variables);

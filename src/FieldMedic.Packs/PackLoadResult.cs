using System.Diagnostics.CodeAnalysis;

namespace FieldMedic.Packs.Yaml;

/// <summary>A pack, or why there is none.</summary>
/// <param name="Pack">Null when <paramref name="Problems"/> has an error.</param>
/// <param name="Problems">Everything found in one go, in file order; warnings may accompany a pack.</param>
public sealed record PackLoadResult(Pack? Pack, IReadOnlyList<PackProblem> Problems)
{
    [MemberNotNullWhen(true, nameof(Pack))]
    public bool IsUsable => Pack is not null;
}

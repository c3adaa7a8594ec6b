using FieldMedic.Incidents;

namespace FieldMedic.Packs;

/// <summary>What a snapshot says about the catalogue. Findings: root first. Undecided: keys of problems that are unknown.</summary>
public sealed record Judgement(IReadOnlyList<Finding> Findings, IReadOnlyList<string> Undecided);

using FieldMedic.Packs;

namespace FieldMedic.Systems;

/// <summary>A pack connected to the real thing: its probes and its actions, ready to use.</summary>
public sealed record SystemUnderCare(Pack Pack, IReadOnlyList<IProbe> Probes, IReadOnlyDictionary<string, IRemedyAction> Actions);

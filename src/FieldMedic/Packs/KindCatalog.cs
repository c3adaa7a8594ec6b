namespace FieldMedic.Packs;

/// <summary>The closed list of probe and remedy kinds and the settings type of each. Filled by the adapters, read by the pack loader.</summary>
/// <param name="Probes">Kind → type implementing <see cref="IProbeSettings"/> with a parameterless constructor and init properties.</param>
/// <param name="Remedies">Kind → type implementing <see cref="IRemedySettings"/>, likewise.</param>
public sealed record KindCatalog(IReadOnlyDictionary<string, Type> Probes, IReadOnlyDictionary<string, Type> Remedies);

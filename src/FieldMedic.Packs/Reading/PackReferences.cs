namespace FieldMedic.Packs.Yaml.Reading;

/// <summary>What the problems may refer to.</summary>
internal sealed record PackReferences(
    IReadOnlyDictionary<string, ServiceSpec> Services,
    IReadOnlyCollection<string> Remedies,
    IReadOnlyCollection<string> Complaints,
    IReadOnlyCollection<string> Contacts);

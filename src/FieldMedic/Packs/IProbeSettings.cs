namespace FieldMedic.Packs;

/// <summary>Settings of a probe kind. Bound from YAML by property name in snake_case; see <c>docs/packs.md</c>.</summary>
public interface IProbeSettings
{
    /// <summary>
    /// Names of the observations it will make, for validation of conditions. A trailing <c>*</c> stands for anything
    /// (fields that only the answer tells). <paramref name="services"/> are the pack's services.
    /// </summary>
    IEnumerable<string> Observes(string probe, IReadOnlyDictionary<string, ServiceSpec> services);

    /// <summary>Whether an observation is fresh although the probe has a <c>stale_after</c> (that a cached page answers is seen now).</summary>
    bool IsFresh(string observation) => false;

    /// <summary>What is wrong with values that no type can check, as a sentence for the pack's author; null when nothing is.</summary>
    string? Mistake => null;

    /// <summary>Services it names, for validation.</summary>
    IEnumerable<string> Services => [];
}

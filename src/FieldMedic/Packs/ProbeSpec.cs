namespace FieldMedic.Packs;

/// <summary>One probe of the pack.</summary>
/// <param name="Kind">E.g. <c>docker.services</c>.</param>
/// <param name="Settings">An instance of the settings type that the kind declares in <see cref="KindCatalog"/>.</param>
/// <param name="Timeout">The most one measurement may take.</param>
/// <param name="StaleAfter">How old a cached answer may be; zero when fresh.</param>
/// <param name="Required">Whether the system counts as unobservable without it.</param>
public sealed record ProbeSpec(string Name, string Kind, IProbeSettings Settings, TimeSpan Timeout, TimeSpan StaleAfter, bool Required);

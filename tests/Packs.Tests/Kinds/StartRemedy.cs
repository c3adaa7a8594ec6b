namespace FieldMedic.Packs.Tests.Kinds;

internal sealed record StartRemedy : IRemedySettings
{
    public string? Service { get; init; }
}

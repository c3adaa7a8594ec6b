namespace FieldMedic.Packs.Tests.Kinds;

internal static class TestKinds
{
    public static KindCatalog Catalog { get; } = new(
        new Dictionary<string, Type> { ["test.counts"] = typeof(CountsProbe), ["test.address"] = typeof(AddressProbe) },
        new Dictionary<string, Type> { ["test.start"] = typeof(StartRemedy) });
}

namespace FieldMedic.Packs.Tests;

/// <summary>The pack of QFieldCloud as it is shipped.</summary>
internal static class ShippedPack
{
    public static IReadOnlyList<ComplaintSpec> Complaints { get; } = Load();

    private static IReadOnlyList<ComplaintSpec> Load()
    {
        var text = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "packs", "qfieldcloud", "pack.yaml"));
        var section = text[text.IndexOf("\ncomplaints:", StringComparison.Ordinal)..];
        var result = PackText.Load(PackText.Small + "\n" + section);
        result.Pack.ShouldNotBeNull(string.Join("\n", result.Problems));
        return result.Pack.Complaints;
    }
}

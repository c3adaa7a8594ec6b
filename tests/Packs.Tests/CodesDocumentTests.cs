using System.Reflection;
using FieldMedic.Packs.Yaml;

namespace FieldMedic.Packs.Tests;

public sealed class CodesDocumentTests
{
    [Fact]
    public void Codes_InTheDocument_AreThoseOfTheLoader()
    {
        var documented = File.ReadLines(ApprovedText.InRepository("docs/codes.md")).Where(l => l.StartsWith("| FM1", StringComparison.Ordinal)).Select(l => l[2..8]).ToList();

        var codes = typeof(PackCodes).GetFields(BindingFlags.Public | BindingFlags.Static).Select(f => (string)f.GetRawConstantValue()!).ToList();

        codes.ShouldBeUnique();
        documented.ShouldBe(codes.Order(StringComparer.Ordinal), ignoreOrder: false);
    }
}

using System.Text;
using CsCheck;
using FieldMedic.Packs.Tests.Kinds;
using FieldMedic.Packs.Yaml;

namespace FieldMedic.Packs.Tests;

public sealed class HostileFilesTests
{
    [Fact]
    public void Load_FolderWithoutPack_SaysSo()
    {
        var folder = Directory.CreateTempSubdirectory("pack-");
        new PackLoader(TestKinds.Catalog).Load(folder.FullName, new Dictionary<string, string>())
            .Problems.ShouldHaveSingleItem().Code.ShouldBe(PackCodes.FolderWithoutPack);
        folder.Delete();
    }

    [Theory]
    [InlineData(new byte[] { 0x7F, (byte)'E', (byte)'L', (byte)'F', 0, 0, 0 })]
    [InlineData(new byte[] { (byte)'a', (byte)':', 0xC3, 0x28 })]
    [InlineData(new byte[] { 0xFF, 0xFE, (byte)'a', 0 })]
    public void Load_BinaryFile_SaysSo(byte[] bytes)
        => PackText.Load(bytes).Problems.ShouldHaveSingleItem().Code.ShouldBe(PackCodes.NotText);

    [Fact]
    public void Load_ElevenMegabytes_IsRefused()
        => PackText.Load(new byte[11 * 1024 * 1024]).Problems.ShouldHaveSingleItem().Code.ShouldBe(PackCodes.TooBig);

    [Fact]
    public void Load_EndlessDevice_IsRefused()
        => new PackLoader(TestKinds.Catalog).Load("/dev/zero", new Dictionary<string, string>())
            .Problems.ShouldHaveSingleItem().Code.ShouldBe(PackCodes.TooBig);

    [Theory]
    [InlineData("[")]
    [InlineData("{a: ")]
    [InlineData("- ")]
    public void Load_DeepNesting_IsRefused(string opening)
        => PackText.Codes("a: \n  " + string.Concat(Enumerable.Repeat(opening, 100_000))).ShouldContain(PackCodes.TooDeep);

    [Fact]
    public void Load_BillionLaughs_IsRefused()
    {
        var bomb = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
        for (var i = 1; i < 10; i++)
        {
            bomb.Append($"a{i}: &a{i} [{string.Join(", ", Enumerable.Repeat($"*a{i - 1}", 10))}]\n");
        }

        PackText.Codes(bomb.ToString()).ShouldContain(PackCodes.AnchorOrTag);
    }

    [Fact]
    public void Load_ByteOrderMark_IsFine()
        => PackText.Load([0xEF, 0xBB, 0xBF, .. Encoding.UTF8.GetBytes(PackText.Small)]).Problems.ShouldBeEmpty();

    [Fact]
    public void Load_WindowsLineEnds_AreFine()
        => PackText.Load(PackText.Small.ReplaceLineEndings("\r\n")).Problems.ShouldBeEmpty();

    [Fact]
    public void Load_AnyMutation_NeverThrows()
    {
        var shipped = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "packs", "qfieldcloud", "pack.yaml"));
        var small = PackText.Small + "\n" + shipped[..6000];
        string[] tokens = ["{", "}", "[", "]", ":", "- ", "\n", "  ", "'", "\"", "|", ">", "&a ", "*a", "!!x ", "#", "${", "}", "any", "~", "\t", "%", "\u0000", "\uD800"];
        Gen.Select(Gen.Int[0, small.Length - 40], Gen.Int[0, 30], Gen.Int[0, tokens.Length - 1].Array[0, 4]).Array[1, 4].Sample(
            edits =>
            {
                var text = small;
                foreach (var (at, length, inserted) in edits)
                {
                    var start = Math.Min(at, text.Length);
                    text = text[..start] + string.Concat(inserted.Select(i => tokens[i])) + text[Math.Min(text.Length, start + length)..];
                }

                var result = PackText.Load(text);
                return result.IsUsable != result.Problems.Any(p => p.Severity == PackSeverity.Error);
            },
            iter: 1000);
    }
}

using FieldMedic.Packs.Yaml;
using FieldMedic.Platform;

namespace FieldMedic.Fuzz.Tests;

public sealed class PackFuzzTests
{
    [Fact]
    public async Task Pack_AnyFile_IsLoadedOrItsMistakesAreNamed()
    {
        var folder = Directory.CreateTempSubdirectory("fieldmedic-fuzz-pack-").FullName;
        var (file, loader) = (Path.Combine(folder, "pack.yaml"), new PackLoader(PlatformKinds.Catalog));
        await Fuzzer.RunAsync("pack", Fuzzer.Files("packs", "pack.yaml"), Load, e => e is FormatException);
        Directory.Delete(folder, recursive: true);

        async Task Load(byte[] bytes)
        {
            await File.WriteAllBytesAsync(file, bytes);
            var loaded = loader.Load(file, new Dictionary<string, string>());
            if (loaded.Pack is null)
            {
                loaded.Problems.ShouldNotBeEmpty();
                throw new FormatException("its mistakes were named");
            }
        }
    }
}

using System.Formats.Tar;
using System.Text;
using FieldMedic.Platform.Images;

namespace FieldMedic.Platform.Tests.Images;

/// <summary>An archive may set one name: the one that is wanted. The daemon would take every name it finds.</summary>
public sealed class SavedImageTests
{
    private const string Good = """[{"Config":"c.json","RepoTags":["shop-qgis:latest"],"Layers":[]}]""";

    [Theory]
    [InlineData("shop-qgis", true)]
    [InlineData("shop-qgis:latest", true)]
    [InlineData("shop-qgis:other", false)]
    [InlineData("shop-qgi", false)]
    public async Task HoldsOnly_OneName_IsCompared(string image, bool expected)
        => (await SavedImage.HoldsOnlyAsync(Archive(("manifest.json", Good)), image, TestContext.Current.CancellationToken)).ShouldBe(expected);

    [Theory]
    [InlineData("""[{"RepoTags":["shop-qgis:latest","shop-app:latest"]}]""")]
    [InlineData("""[{"RepoTags":["shop-qgis:latest"]},{"RepoTags":["shop-app:latest"]}]""")]
    [InlineData("""[{"RepoTags":[]}]""")]
    [InlineData("""[{"RepoTags":null}]""")]
    [InlineData("""[{}]""")]
    [InlineData("""{"RepoTags":["shop-qgis:latest"]}""")]
    [InlineData("""[]""")]
    [InlineData("""not json""")]
    public async Task HoldsOnly_OtherManifest_IsRefused(string manifest)
        => (await SavedImage.HoldsOnlyAsync(Archive(("manifest.json", manifest)), "shop-qgis", TestContext.Current.CancellationToken)).ShouldBeFalse();

    [Fact]
    public async Task HoldsOnly_SecondManifestBehindTheFirst_IsRefused()
    {
        foreach (var second in new[] { "manifest.json", "./manifest.json", "/manifest.json", ".//manifest.json", "index.json" })
        {
            var archive = Archive(("manifest.json", Good), (second, """[{"RepoTags":["shop-app:latest"]}]"""));

            (await SavedImage.HoldsOnlyAsync(archive, "shop-qgis", TestContext.Current.CancellationToken)).ShouldBeFalse(second);
        }
    }

    [Theory]
    [InlineData("docker.io/library/shop-qgis:latest", true)]
    [InlineData("docker.io/library/shop-app:latest", false)]
    [InlineData("evil.example/shop-qgis:latest", false)]
    public async Task HoldsOnly_NewerLayout_BothNamesCount(string indexed, bool expected)
    {
        var index = $$$"""{"manifests":[{"annotations":{"io.containerd.image.name":"{{{indexed}}}"}}]}""";

        (await SavedImage.HoldsOnlyAsync(Archive(("index.json", index), ("manifest.json", Good)), "shop-qgis", TestContext.Current.CancellationToken)).ShouldBe(expected);
    }

    [Fact]
    public async Task HoldsOnly_NoArchive_IsRefused()
    {
        (await SavedImage.HoldsOnlyAsync(new MemoryStream(Encoding.UTF8.GetBytes("this is a text and no archive at all")), "shop-qgis", TestContext.Current.CancellationToken)).ShouldBeFalse();
        (await SavedImage.HoldsOnlyAsync(new MemoryStream(), "shop-qgis", TestContext.Current.CancellationToken)).ShouldBeFalse();
        (await SavedImage.HoldsOnlyAsync(Archive(("layer.tar", "x")), "shop-qgis", TestContext.Current.CancellationToken)).ShouldBeFalse();
    }

    [Theory]
    [InlineData("shop-qgis", false)]
    [InlineData("shop-qgis:1.2", false)]
    [InlineData("maps/qgis", false)]
    [InlineData("maps/qgis:latest", false)]
    [InlineData("registry.example:5000/qgis", false)]
    [InlineData("maps/qgis:25.12", true)]
    [InlineData("registry.example:5000/maps/qgis:25.12", true)]
    [InlineData("maps/qgis@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef", true)]
    public void IsPinned_OnlyNamesWithOwnerAndVersion(string name, bool expected) => PullImageAction.IsPinned(name).ShouldBe(expected);

    [Theory]
    [InlineData("shop-qgis:latest", true)]
    [InlineData("../containers/prune", false)]
    [InlineData("a/../../volumes", false)]
    [InlineData("shop qgis", false)]
    [InlineData("shop-qgis?force=1", false)]
    [InlineData("shop-qgis\n", false)]
    [InlineData("Shop%2F", false)]
    public void IsName_NothingThatLeadsElsewhere(string name, bool expected) => WantedImages.IsName(name).ShouldBe(expected);

    private static MemoryStream Archive(params (string Name, string Content)[] files)
    {
        var stream = new MemoryStream();
        using (var tar = new TarWriter(stream, leaveOpen: true))
        {
            foreach (var (name, content) in files)
            {
                tar.WriteEntry(new UstarTarEntry(TarEntryType.RegularFile, name) { DataStream = new MemoryStream(Encoding.UTF8.GetBytes(content)) });
            }
        }

        stream.Position = 0;
        return stream;
    }
}

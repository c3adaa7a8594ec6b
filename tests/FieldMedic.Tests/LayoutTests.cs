using System.Text.RegularExpressions;

namespace FieldMedic.Tests;

/// <summary>Holds the direction of the arrows and the shape of the files.</summary>
public sealed partial class LayoutTests
{
    private static readonly string[] Stages = ["Decide", "Diagnose", "Remedy", "Report", "Stabilize", "Verify", "Watch"];

    [Fact]
    public void Engine_References_NoAdapterAndNoEdgeLibrary()
    {
        var references = typeof(Medic).Assembly.GetReferencedAssemblies().Select(a => a.Name!).ToList();

        references.ShouldAllBe(name => !name.StartsWith("FieldMedic", StringComparison.Ordinal));
        string[] edges = ["System.Net.Http", "YamlDotNet", "Docker", "Octokit", "Refit", "Sqlite", "Npgsql", "Dapper", "ModelContextProtocol", "System.Diagnostics.Process"];
        references.ShouldAllBe(name => !edges.Any(e => name.Contains(e, StringComparison.Ordinal)));
    }

    [Fact]
    public void Stages_InSources_DoNotKnowEachOther()
    {
        var wrong = from stage in Stages
                    from file in Sources.Engine.Where(f => f.StartsWith($"src/FieldMedic/{stage}/", StringComparison.Ordinal))
                    from other in Stages.Where(s => s != stage)
                    where Regex.IsMatch(Sources.Read(file), $@"\busing FieldMedic\.{other}\b|\bFieldMedic\.{other}\.")
                    select $"{file} uses {other}";

        wrong.ShouldBeEmpty();
    }

    [Fact]
    public void Engine_Namespaces_EqualFolders()
    {
        var wrong = Sources.Engine.Where(f =>
        {
            var folder = Path.GetDirectoryName(f)!.Replace('\\', '/')["src/".Length..].Replace('/', '.');
            return !Sources.Read(f).Contains($"\nnamespace {folder};", StringComparison.Ordinal)
                && !Sources.Read(f).StartsWith($"namespace {folder};", StringComparison.Ordinal);
        });

        wrong.ShouldBeEmpty();
    }

    [Fact]
    public void Sources_TopLevelTypes_AreOneAFile()
        => Sources.All.Where(f => TopLevelType().Count(Sources.Read(f)) > 1).ShouldBeEmpty();

    [Fact]
    public void Sources_Files_StayUnder350Lines()
        => Sources.All.Where(f => Sources.Read(f).Count(c => c == '\n') > 350).ShouldBeEmpty();

    [Theory]
    [InlineData("FieldMedic", "")]
    [InlineData("FieldMedic.GitHub", "FieldMedic")]
    [InlineData("FieldMedic.Packs", "FieldMedic")]
    [InlineData("FieldMedic.Storage", "FieldMedic")]
    [InlineData("FieldMedic.Dashboard", "FieldMedic.Hosting")]
    [InlineData("FieldMedic.Server", "FieldMedic.Hosting")]
    [InlineData("FieldMedic.Cluster", "FieldMedic.Server")]
    public void Projects_References_FollowTheArrows(string project, string allowed)
        => ProjectReference().Matches(Sources.Read($"src/{project}/{project}.csproj")).Select(m => m.Groups[1].Value).ShouldBe(allowed.Length == 0 ? [] : [allowed]);

    [GeneratedRegex("<ProjectReference Include=\"[^\"]*/([A-Za-z.]+)\\.csproj\"")]
    private static partial Regex ProjectReference();

    [GeneratedRegex(@"^(public |internal |file )?(static |sealed |abstract |partial |readonly )*(class|record|interface|enum|struct|record struct) \w+", RegexOptions.Multiline)]
    private static partial Regex TopLevelType();
}

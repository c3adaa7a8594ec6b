using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;

namespace FieldMedic.Platform.Tests;

/// <summary>What the platform must not be able to do at all, checked on its source.</summary>
public sealed class GuardTests
{
    /// <summary>Everything that is ever asked of the daemon; a new one needs a decision here.</summary>
    private static readonly string[] Paths =
    [
        "/containers/json", "/containers/{id}/json", "/containers/{id}/logs", "/containers/{id}/start", "/containers/{id}/restart", "/containers/{id}/unpause",
        "/containers/{id}/stats", "/containers/{id}/top", "/networks/{Uri.EscapeDataString(network)}", "/networks/{Uri.EscapeDataString(network)}/connect", "/networks/{Uri.EscapeDataString(network)}/disconnect",
        "/containers/{id}/exec", "/exec/{exec}/start", "/exec/{exec}/json", "/info", "/version",
        "/images/{name}/json", "/images/load", "/images/create", "/images/json", "/images/{FullId(id)}", "/containers/{FullId(id)}", "/system/df", "/build/prune",
    ];

    [Fact]
    public void Source_RequestsToTheDaemon_AreOnlyTheAllowedOnes()
    {
        var asked = Sources().Where(s => s.Name.StartsWith("Docker", StringComparison.Ordinal))
            .SelectMany(s => Regex.Matches(s.Text, @"\$?""(?<path>/(containers|exec|images|volumes|networks|build|system|swarm|info|version|plugins|secrets|configs|session|distribution|commit|auth)\b[^""?]*)").Select(m => m.Groups["path"].Value))
            .Distinct(StringComparer.Ordinal);

        asked.ShouldBeSubsetOf(Paths);
        Sources().Where(s => Regex.IsMatch(s.Text, @"HttpMethod\.(Put|Patch)|DeleteAsync|PutAsync|PatchAsync")).Select(s => s.Name).ShouldBeEmpty();
    }

    [Fact]
    public void Source_Removal_IsOfOneContainerOrOneImageByItsId()
    {
        string[] known =
        [
            """RemoveAsync($"/images/{FullId(id)}?noprune=true", cancellationToken)""",
            """RemoveAsync($"/containers/{FullId(id)}?v=false&force=false", cancellationToken)""",
        ];

        Sources().SelectMany(s => Regex.Matches(s.Text, @"_daemon\.(?<call>RemoveAsync\([^;]*)\s*;").Select(m => m.Groups["call"].Value)).Order(StringComparer.Ordinal).ShouldBe(known.Order(StringComparer.Ordinal));
        Sources().Where(s => s.Text.Contains("HttpMethod.Delete", StringComparison.Ordinal)).Select(s => s.Name).ShouldBe(["DockerTransport.cs"]);
        Sources().Sum(s => Regex.Count(s.Text, @"HttpMethod\.Delete")).ShouldBe(1);
        Sources().SelectMany(s => Regex.Matches(s.Text, @"""/[a-z/]*prune[^""]*""").Select(m => m.Value)).ShouldBe(["\"/build/prune\""]);
        Sources().Where(s => Regex.IsMatch(s.Text, @"File\.Delete|Directory\.Delete")).Select(s => s.Name).Order().ShouldBe(["CleanAction.cs", "SshFolder.cs"]);
    }

    [Theory]
    [InlineData(@"lient\.(Volumes|Images|Networks|Swarm|Secrets|Configs|Plugin)\b")]
    [InlineData(@"Prune(?!BuildCacheAsync)|RemoveContainer(?!Async\()|KillContainer|StopContainer|PauseContainer(?<!UnpauseContainer)|RemoveVolume|DeleteImage")]
    [InlineData(@"""(down|rm|rmi|kill|prune|volume|--volumes|--force-recreate|--remove-orphans|--always-recreate-deps|--pull|--build)""")]
    [InlineData(@"UseShellExecute = true|/bin/(ba)?sh|""(ba)?sh""|""-c"".*\$""")]
    public void Source_NoWayToDestroyAnything(string forbidden)
        => Sources().Where(s => Regex.IsMatch(s.Text, forbidden)).Select(s => s.Name).ShouldBeEmpty();

    [Fact]
    public void Source_Compose_OnlyEverMakesWhatIsMissing()
    {
        string[] known =
        [
            """["up", "--detach", "--no-deps", "--no-recreate", "--no-build", action.Target]""",
            """["up", "--no-start", "--no-deps", "--no-recreate", "--no-build", image.Service!]""",
            """["build", image.Service!]""",
        ];

        var asked = Sources().SelectMany(s => Regex.Matches(s.Text, @"compose\.RunAsync\((?<argv>[^\]]*\])").Select(m => m.Groups["argv"].Value)).ToList();

        asked.Order(StringComparer.Ordinal).ShouldBe(known.Order(StringComparer.Ordinal));
        Sources().Where(s => s.Text.Contains("compose.FindAsync", StringComparison.OrdinalIgnoreCase)).Select(s => s.Name).Order()
            .ShouldBe(["ComposeProject.cs", "PlatformDoctor.cs"]);
    }

    [Fact]
    public void Source_CommandsOnTheOtherHost_AreTheTwoFixedOnes()
    {
        var asked = Sources().SelectMany(s => Regex.Matches(s.Text, @"\bline\.RunAsync\((?<what>[^;]*), cancellationToken\)").Select(m => m.Groups["what"].Value));

        asked.Order(StringComparer.Ordinal).ShouldBe(["Command(path)", "Remotely"]);
        Sources().Where(s => s.Text.Contains("SshProgram.RunAsync", StringComparison.Ordinal)).Select(s => s.Name).Order(StringComparer.Ordinal).ShouldBe(["SshDoctor.cs", "SshLine.cs"]);
    }

    private static List<(string Name, string Text)> Sources([CallerFilePath] string caller = "")
    {
        var root = Path.Combine(Path.GetDirectoryName(caller)!, "..", "..", "src", "FieldMedic.Platform");
        var files = Directory.GetFiles(root, "*.cs", SearchOption.AllDirectories).Where(f => !f.Contains("/obj/", StringComparison.Ordinal) && !f.Contains("/bin/", StringComparison.Ordinal));
        return [.. files.Select(f => (Path.GetFileName(f), File.ReadAllText(f)))];
    }
}

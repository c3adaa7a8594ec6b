using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;

namespace FieldMedic.Platform.Tests;

/// <summary>What the platform must not be able to do at all, checked on the compiled assembly and on its source.</summary>
public sealed class GuardTests
{
    /// <summary>All members of Docker.DotNet's operations that the assembly refers to; a new one needs a decision here.</summary>
    private static readonly string[] Allowed =
    [
        "get_Containers", "get_Exec", "get_System",
        "ListContainersAsync", "InspectContainerAsync", "GetContainerLogsAsync", "StartContainerAsync", "RestartContainerAsync", "UnpauseContainerAsync",
        "CreateContainerExecAsync", "StartContainerExecAsync", "InspectContainerExecAsync",
        "GetSystemInfoAsync", "GetVersionAsync",
    ];

    [Fact]
    public void Assembly_DockerOperations_AreOnlyTheAllowedOnes()
    {
        using var file = new PEReader(File.OpenRead(typeof(PlatformConnection).Assembly.Location));
        var metadata = file.GetMetadataReader();
        var used = metadata.MemberReferences
            .Select(metadata.GetMemberReference)
            .Where(m => m.Parent.Kind == HandleKind.TypeReference)
            .Select(m => (Type: metadata.GetTypeReference((TypeReferenceHandle)m.Parent), Name: metadata.GetString(m.Name)))
            .Where(m => metadata.GetString(m.Type.Namespace) == "Docker.DotNet" && Regex.IsMatch(metadata.GetString(m.Type.Name), "(Operations|IDockerClient|^DockerClient)$"))
            .Select(m => m.Name)
            .Where(n => n is not ("Dispose" or ".ctor"))
            .Distinct(StringComparer.Ordinal)
            .ToList();

        used.ShouldContain("ListContainersAsync");
        used.ShouldBeSubsetOf(Allowed);
    }

    [Theory]
    [InlineData(@"lient\.(Volumes|Images|Networks|Swarm|Secrets|Configs|Plugin)\b")]
    [InlineData(@"Prune|RemoveContainer|KillContainer|StopContainer|PauseContainer(?<!UnpauseContainer)|RemoveVolume|DeleteImage")]
    [InlineData(@"""(down|rm|rmi|kill|prune|volume|--volumes|--force-recreate|--remove-orphans|--always-recreate-deps|--pull|--build)""")]
    [InlineData(@"UseShellExecute = true|/bin/(ba)?sh|""(ba)?sh""|""-c"".*\$""")]
    public void Source_NoWayToDestroyAnything(string forbidden)
        => Sources().Where(s => Regex.IsMatch(s.Text, forbidden)).Select(s => s.Name).ShouldBeEmpty();

    [Fact]
    public void Source_Compose_OnlyEverMakesWhatIsMissing()
    {
        const string Up = """["up", "--detach", "--no-deps", "--no-recreate", "--no-build", action.Target]""";

        Sources().Sum(s => Regex.Count(s.Text, Regex.Escape(Up))).ShouldBe(1);
        Sources().Where(s => s.Text.Contains("compose.FindAsync", StringComparison.OrdinalIgnoreCase)).Select(s => s.Name).Order()
            .ShouldBe(["PlatformDoctor.cs", "RecreateAction.cs"]);
        Sources().Sum(s => Regex.Count(s.Text, "\"up\"")).ShouldBe(1);
    }

    private static List<(string Name, string Text)> Sources([CallerFilePath] string caller = "")
    {
        var root = Path.Combine(Path.GetDirectoryName(caller)!, "..", "..", "src", "FieldMedic.Platform");
        var files = Directory.GetFiles(root, "*.cs", SearchOption.AllDirectories).Where(f => !f.Contains("/obj/", StringComparison.Ordinal) && !f.Contains("/bin/", StringComparison.Ordinal));
        return [.. files.Select(f => (Path.GetFileName(f), File.ReadAllText(f)))];
    }
}

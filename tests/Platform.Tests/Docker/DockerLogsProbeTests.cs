using FieldMedic.Incidents;
using FieldMedic.Packs;
using FieldMedic.Platform.Docker;

namespace FieldMedic.Platform.Tests.Docker;

[Trait("needs", "docker")]
public sealed class DockerLogsProbeTests(EmptyProject project) : IClassFixture<EmptyProject>
{
    private const string Hostile = """
        for i in 1 2 3 4; do echo "2026-01-0$i 10:00:0$i ERROR job 1$i of 'user$i' failed after $i.5 s"; done
        printf '\033[31mERROR\033[0m \007bell \033]0;owned\007 \r\n'
        echo "FATAL: out of slots" >&2
        head -c 1000000 /dev/zero | tr '\0' x; echo
        echo "INFO all is well, no errors"
        sleep 3600
        """;

    [Theory]
    [InlineData("plain", false)]
    [InlineData("terminal", true)]
    public async Task Measure_HostileLog_IsCountedClusteredAndClean(string service, bool tty)
    {
        await Daemon.RequireAsync();
        await project.RunAsync(service, tty ? ["--tty"] : [], "bash", "-c", Hostile);

        var snapshot = await Eventually.Async(() => MeasureAsync(service), s => s[$"{service}.log_errors"].Number >= 6);

        snapshot[$"{service}.log_errors"].Number.ShouldBe(6);
        snapshot[$"{service}.log_clusters"].Number.ShouldBe(3);
        var evidence = snapshot.Find($"{service}.log_errors")!.Evidence;
        evidence.ShouldBe("4x * ERROR job * of * failed after * s");
    }

    [Fact]
    public async Task Measure_Patterns_AreCountedWithTheLastLine()
    {
        await Daemon.RequireAsync();
        await project.RunAsync("proxy", [], "bash", "-c", """
            echo 'nginx: [emerg] host not found in upstream "app" in /etc/nginx/a.conf:3'
            echo 'nginx: [emerg] unknown directive "lisen" in /etc/nginx/a.conf:3'
            printf '\033[31mnginx: [emerg] unexpected "}" in /etc/nginx/a.conf:9\033[0m\007\n'
            sleep 3600
            """);
        var settings = new DockerLogsSettings { Patterns = new Dictionary<string, LogPattern> { ["emerg"] = new() { Match = @"\[emerg\]", Except = "host not found in upstream", Only = ["proxy"] } } };

        var snapshot = await Eventually.Async(() => project.MeasureAsync([new ServiceSpec("proxy", []), new ServiceSpec("other", [])], "docker.logs", settings), s => s["proxy.log_emerg"].Number >= 2);

        snapshot["proxy.log_emerg"].Number.ShouldBe(2);
        snapshot["proxy.log_emerg_line"].ShouldBe(ObservedValue.Of("nginx: [emerg] unexpected \"}\" in /etc/nginx/a.conf:9"));
        snapshot.Find("other.log_emerg").ShouldBeNull();
    }

    [Theory]
    [InlineData("(unclosed", "The pattern 'p' is no expression")]
    [InlineData("(?=ahead)", "look-around")]
    [InlineData("fine", null)]
    public void Mistake_OfAPattern_IsSaidInWords(string expression, string? said)
    {
        var mistake = new DockerLogsSettings { Patterns = new Dictionary<string, LogPattern> { ["p"] = new() { Match = expression } } }.Mistake;
        if (said is null)
        {
            mistake.ShouldBeNull();
        }
        else
        {
            mistake.ShouldNotBeNull().ShouldContain(said);
        }
    }

    [Fact]
    public async Task Measure_QuietOrMissing_IsZero()
    {
        await Daemon.RequireAsync();
        await project.RunAsync("quiet", [], "sleep", "3600");

        (await MeasureAsync("quiet"))["quiet.log_errors"].ShouldBe(ObservedValue.Of(0));
        (await MeasureAsync("absent"))["absent.log_errors"].ShouldBe(ObservedValue.Of(0));
    }

    private Task<Snapshot> MeasureAsync(string service) => project.MeasureAsync([new ServiceSpec(service, [])], "docker.logs", new DockerLogsSettings());
}

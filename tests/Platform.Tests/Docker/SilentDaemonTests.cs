using System.Diagnostics;
using System.Net.Sockets;
using FieldMedic.Packs;
using FieldMedic.Platform.Docker;
using FieldMedic.Platform.Host;
using FieldMedic.Platform.Memcached;
using FieldMedic.Platform.Postgres;
using FieldMedic.Systems;

namespace FieldMedic.Platform.Tests.Docker;

/// <summary>A daemon that takes the connection and never answers, and one that is not there: nothing may hang and nothing may look healthy.</summary>
public sealed class SilentDaemonTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private Socket? _socket;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static TheoryData<string, bool> Cases() => new(from kind in new[] { "docker.services", "docker.logs", "postgres", "memcached", "host" } from hung in new[] { true, false } select (kind, hung));

    public void Dispose()
    {
        _socket?.Dispose();
        _folder.Dispose();
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task Measure_NoAnswerFromTheDaemon_IsUnknownInTime(string kind, bool hung)
    {
        using var connected = new Connected(Pack(hung, Connected.Probe("probe", kind, Settings(kind), seconds: 1)));

        var snapshot = await connected.SweepAsync();

        snapshot.Observations.ShouldBeEmpty();
        snapshot.IsObservable.ShouldBeFalse();
        snapshot["db.accepting"].IsUnknown.ShouldBeTrue();
        snapshot["db.running"].IsUnknown.ShouldBeTrue();
        snapshot.Probes.Single().Failure.ShouldNotBeNullOrWhiteSpace();
        snapshot.Probes.Single().Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(hung ? 2 : 1));
    }

    [Fact]
    public async Task Sweep_AllProbesOnAHungDaemon_EndsAtItsDeadline()
    {
        var pack = Pack(hung: true, [.. Cases().Select(c => c.Data.Item1).Distinct().Select(k => Connected.Probe(k, k, Settings(k), seconds: 30))]);
        using var connected = new Connected(pack with { Policy = new PolicySpec { SweepDeadline = TimeSpan.FromSeconds(1) } });

        var started = Stopwatch.GetTimestamp();
        var snapshot = await connected.SweepAsync();

        Stopwatch.GetElapsedTime(started).ShouldBeLessThan(TimeSpan.FromSeconds(2));
        snapshot.Probes.Select(p => p.Failure).ShouldAllBe(f => f == "no answer within the sweep's deadline");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task LearnSecrets_NoAnswer_EndsAndKeepsOurOwn(bool hung)
    {
        Environment.SetEnvironmentVariable("FIELDMEDIC_TEST_PASSWORD", "own-secret-value");
        using var connected = new Connected(Pack(hung));

        var started = Stopwatch.GetTimestamp();
        await connected.Secrets.LearnAsync(Token);

        Stopwatch.GetElapsedTime(started).ShouldBeLessThan(TimeSpan.FromSeconds(4));
        connected.Secrets.Current().ShouldContain("own-secret-value");
    }

    [Theory]
    [InlineData(true, "no answer within 5 s")]
    [InlineData(false, "does not answer")]
    public async Task Doctor_NoAnswer_SaysSoAndWhatToDo(bool hung, string expected)
    {
        using var connected = new Connected(Pack(hung));

        var check = (await connected.Doctor.CheckAsync(Token)).Single();

        check.Ok.ShouldBeFalse();
        check.Detail.ShouldContain(expected);
        check.NextStep.ShouldContain("socket");
    }

    [Theory]
    [InlineData("docker.start")]
    [InlineData("docker.restart")]
    [InlineData("docker.unpause")]
    public async Task Resolve_HungDaemon_EndsWithItsToken(string kind)
    {
        using var connected = new Connected(Pack(hung: true) with { Remedies = new Dictionary<string, RemedySpec> { ["fix"] = new() { Id = "fix", Kind = kind, Settings = new DockerRemedySettings() } } });
        using var limit = new CancellationTokenSource(TimeSpan.FromMilliseconds(500), TimeProvider.System);

        await Should.ThrowAsync<OperationCanceledException>(connected.Action("fix").ResolveAsync(Incidents.Snapshot.Empty, "db", limit.Token).WaitAsync(TimeSpan.FromSeconds(5), TimeProvider.System, Token));
    }

    private static IProbeSettings Settings(string kind) => kind switch
    {
        "docker.services" => new DockerServicesSettings(),
        "docker.logs" => new DockerLogsSettings(),
        "postgres" => new PostgresProbeSettings { Service = "db" },
        "memcached" => new MemcachedProbeSettings { Service = "cache" },
        _ => new HostProbeSettings(),
    };

    private Pack Pack(bool hung, params ProbeSpec[] probes)
    {
        var file = _folder.File("docker.sock");
        _socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        _socket.Bind(new UnixDomainSocketEndPoint(file));
        if (hung)
        {
            _socket.Listen(64);
        }

        return Connected.Pack(_folder.Path, probes) with
        {
            Docker = $"unix://{file}",
            ComposeProject = "silent",
            Services = new Dictionary<string, ServiceSpec> { ["db"] = new("db", []), ["cache"] = new("cache", []) },
        };
    }
}

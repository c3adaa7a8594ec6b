using FieldMedic.Scenarios.Tests.Harness;

namespace FieldMedic.Scenarios.Tests;

/// <summary>Everything runs and is short of something: memory, connections, a name, a socket, a setting.</summary>
[Collection(SharedPatient.Name)]
[Trait("needs", "docker")]
public sealed class ResourceTests(Patient patient)
{
    [Fact]
    public async Task Support_ChildOfAWorkerKilledForMemory_IsMitigatedTwiceAndTheThirdTimeEscalates()
    {
        await patient.BeReadyAsync();
        await using var desk = await Desk.OpenAsync(patient);
        // As long as the remedy's cooldown, so that the next time is turned away for being the third and never for coming too soon.
        desk.Environment["FIELDMEDIC_MEMORY_WINDOW"] = "10s";
        await patient.BendAsync("update", "--memory", "64m", "--memory-swap", "64m", patient.WorkerOne);
        for (var time = 1; time <= 3; time++)
        {
            // Only the child is killed: the container runs on as if nothing had been.
            await patient.HurtAsync("exec", patient.WorkerOne, "bash", "-c", "python3 -c 'bytearray(300 << 20)' || true");
            (await Child.MustAsync("docker", "inspect", "--format", "{{.State.Status}} {{.RestartCount}}", patient.WorkerOne)).Trim().ShouldBe("running 0");
            var issue = desk.Issue("Jobs are killed", "Packaging fails, the worker seems to run out of memory.");
            await using var docker = DockerWatch.Start(patient);

            var run = await desk.SupportAsync(issue);

            run.Findings[0].ShouldBe("memory_limit", run.ToString());
            if (time < 3)
            {
                desk.ShouldBeClosedAsMitigated(issue, run);
                run.Actions.ShouldBe([$"restart_for_now {patient.WorkerOne}"]);
                run.Before("worker_wrapper.oom_recent").ShouldBe(1);
                run.After("worker_wrapper.oom_recent").ShouldBe(0);
            }
            else
            {
                desk.ShouldBeLeftOpen(issue, run, exitCode: 2, "needs-admin");
                run.Actions.ShouldBeEmpty();
                (await docker.DeedsAsync()).ShouldBeEmpty();
            }
        }
    }

    [Fact]
    public async Task Support_AppLeaksConnections_RestartsTheAppAndNotTheDatabase()
    {
        await patient.BeReadyAsync();
        await using var desk = await Desk.OpenAsync(patient);
        var issue = desk.Issue("Login fails", "FATAL: remaining connection slots are reserved, nobody can log in.");
        var database = await StartedAsync("db");
        await patient.HurtAsync("exec", "--detach", patient.Container("app"), "python3", "-c", Leak);
        await WaitForFullDatabaseAsync();
        await using var docker = DockerWatch.Start(patient);

        var run = await desk.SupportAsync(issue);

        desk.ShouldBeClosedAsResolved(issue, run);
        run.Findings[0].ShouldBe("database_connections");
        run.Actions.ShouldBe([$"restart_leaker {patient.Container("app")}"]);
        (await docker.DeedsAsync()).ShouldAllBe(d => d.EndsWith(" app-1", StringComparison.Ordinal));
        (await StartedAsync("db")).ShouldBe(database);
    }

    [Theory]
    [InlineData("db", "database_down")]
    [InlineData("app", "service_down")]
    public async Task Support_ServiceLostItsName_IsReattachedAndNothingIsRestarted(string service, string kind)
    {
        await patient.BeReadyAsync();
        await using var desk = await Desk.OpenAsync(patient);
        var issue = desk.Issue("Nothing works", "Internal server error on every page, the site is down and sync fails.");
        await patient.HurtAsync("network", "disconnect", $"{patient.Project}_default", patient.Container(service));
        await patient.HurtAsync("network", "connect", $"{patient.Project}_default", patient.Container(service));

        var run = await desk.SupportAsync(issue);

        desk.ShouldBeClosedAsResolved(issue, run);
        run.Findings[0].ShouldBe("cut_off");
        run.Json.GetProperty("findings_detail")[0].GetProperty("kind").GetString().ShouldBe(kind);
        run.Actions.ShouldBe([$"reattach {patient.Container(service)}"]);
    }

    [Fact]
    public async Task Support_WorkersWithoutDockerSocket_EscalatesWithTheLine()
    {
        await patient.BeReadyAsync();
        await using var desk = await Desk.OpenAsync(patient);
        var issue = desk.Issue("Jobs stay pending", "The worker does not process any jobs.");
        var lost = Path.Combine(Path.GetTempPath(), $"fieldmedic-no-socket-{patient.Project}.yml");
        await File.WriteAllTextAsync(lost, "services: { worker_wrapper: { volumes: !override [ '${TMP_DIRECTORY}:${TMP_DIRECTORY}' ] } }", TestContext.Current.CancellationToken);
        await patient.ComposeAsync([], "--file", "docker-compose.yml", "--file", lost, "up", "--detach", "--no-deps", "--timeout", "5", "worker_wrapper");
        await Patient.UntilAsync(patient.WorkerOne, "{{.RestartCount}}", count => count is not ("0" or "1" or "2"));

        var run = await desk.SupportAsync(issue);

        desk.ShouldBeLeftOpen(issue, run, exitCode: 2, "needs-admin");
        run.Findings[0].ShouldBe("worker_no_docker");
        run.Actions.ShouldBeEmpty();
        desk.Comment(issue).ShouldContain("Error while fetching server API version");
    }

    [Fact]
    public async Task Support_NginxRefusesItsConfiguration_EscalatesWithTheLine()
    {
        await patient.BeReadyAsync();
        await using var desk = await Desk.OpenAsync(patient);
        var issue = desk.Issue("Site down", "The website is not reachable since I edited the nginx configuration.");
        await patient.BendAsync("exec", patient.Container("nginx"), "bash", "-c", "echo nonsense >> /etc/nginx/nginx.conf");
        await patient.HurtAsync("restart", "--time", "1", patient.Container("nginx"));
        await Patient.UntilAsync(patient.Container("nginx"), "{{.RestartCount}}", count => count is not ("0" or "1"));
        await using var docker = DockerWatch.Start(patient);

        var run = await desk.SupportAsync(issue);

        desk.ShouldBeLeftOpen(issue, run, exitCode: 2, "needs-admin");
        run.Findings[0].ShouldBe("nginx_configuration");
        run.Actions.ShouldBeEmpty();
        desk.Comment(issue).ShouldContain("unexpected end of file");
    }

    [Fact]
    public async Task Support_DatabaseReadOnly_EscalatesAndTouchesNothing()
    {
        await patient.BeReadyAsync();
        await using var desk = await Desk.OpenAsync(patient);
        var issue = desk.Issue("Upload fails", "Every upload fails, the database says cannot execute INSERT in a read-only transaction.");
        await SuperuserAsync($"ALTER ROLE {patient["POSTGRES_USER"]} SET default_transaction_read_only = on");
        try
        {
            await using var docker = DockerWatch.Start(patient);

            var run = await desk.SupportAsync(issue);

            desk.ShouldBeLeftOpen(issue, run, exitCode: 2, "needs-admin");
            run.Findings[0].ShouldBe("database_read_only");
            run.Actions.ShouldBeEmpty();
            (await docker.DeedsAsync()).ShouldBeEmpty();
        }
        finally
        {
            await SuperuserAsync($"ALTER ROLE {patient["POSTGRES_USER"]} RESET default_transaction_read_only");
        }
    }

    private const string Leak = """
        import os, psycopg2, time
        held = []
        while True:
            try:
                held.append(psycopg2.connect(host=os.environ["POSTGRES_HOST"], dbname=os.environ["POSTGRES_DB"], user=os.environ["POSTGRES_USER"], password=os.environ["POSTGRES_PASSWORD"]))
            except psycopg2.OperationalError:
                time.sleep(0.1)
        """;

    private Task SuperuserAsync(string sql)
        => patient.HurtAsync("exec", patient.Container("db"), "psql", "-qX", "-U", patient["POSTGRES_SUPERUSER"], "-d", patient["POSTGRES_DB"], "-c", sql);

    private async Task<string> StartedAsync(string service) => (await Child.MustAsync("docker", "inspect", "--format", "{{.State.StartedAt}}", patient.Container(service))).Trim();

    private async Task WaitForFullDatabaseAsync()
    {
        string said;
        do
        {
            TestContext.Current.CancellationToken.ThrowIfCancellationRequested();
            (_, _, said) = await Child.RunAsync("docker", "exec", patient.Container("db"), "psql", "-qX", "-U", patient["POSTGRES_USER"], "-d", patient["POSTGRES_DB"], "-Atc", "select 1");
        }
        while (!said.Contains("connection", StringComparison.Ordinal));
    }
}

using FieldMedic.Scenarios.Tests.Harness;

namespace FieldMedic.Scenarios.Tests;

/// <summary>Every container runs, and still a user does not get through: the links between them.</summary>
[Collection(SharedPatient.Name)]
[Trait("needs", "docker")]
public sealed class WaysTests(Patient patient)
{
    [Fact]
    public async Task Support_NginxKeepsAnOldAddressOfTheApp_ReloadsNginxOnly()
    {
        await patient.BeReadyAsync();
        await patient.ComposeAsync(new() { ["SANDBOX_NGINX_UPSTREAM"] = "static" }, "up", "--detach", "--no-deps", "nginx");
        await using var desk = await Desk.OpenAsync(patient);
        var issue = desk.Issue("502 Bad Gateway", "The site shows 502 Bad Gateway since the update.");
        await patient.MoveAppAsync();
        await using var docker = DockerWatch.Start(patient);

        var run = await desk.SupportAsync(issue);

        desk.ShouldBeClosedAsResolved(issue, run);
        run.Findings[0].ShouldBe("stale_upstream");
        run.Actions.ShouldHaveSingleItem().ShouldStartWith("reload_nginx ");
        (await docker.DeedsAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task Support_NginxConfigurationBroken_NeverReloadsAndEscalates()
    {
        await patient.BeReadyAsync();
        await patient.ComposeAsync(new() { ["SANDBOX_NGINX_UPSTREAM"] = "static" }, "up", "--detach", "--no-deps", "nginx");
        await using var desk = await Desk.OpenAsync(patient);
        var issue = desk.Issue("502 Bad Gateway", "The site shows 502 Bad Gateway since the update.");
        await patient.MoveAppAsync();
        await patient.HurtAsync("exec", patient.Container("nginx"), "bash", "-c", "echo nonsense >> /etc/nginx/conf.d/default.conf");

        var run = await desk.SupportAsync(issue);

        desk.ShouldBeLeftOpen(issue, run, exitCode: 2, "needs-admin");
        run.Findings[0].ShouldBe("stale_upstream");
        run.Actions.ShouldBeEmpty();
        desk.Comment(issue).ShouldContain("nginx -t fails");
    }

    [Fact]
    public async Task Support_ObjectStoreHasOtherCredentials_EscalatesAndTouchesNothing()
    {
        await patient.BeReadyAsync();
        await patient.ComposeAsync(new() { ["STORAGE_SECRET_ACCESS_KEY"] = "another-one" }, "up", "--detach", "--no-deps", "minio");
        await using var desk = await Desk.OpenAsync(patient);
        var issue = desk.Issue("Upload fails", "Uploading files fails with a storage error since the migration.");
        await using var docker = DockerWatch.Start(patient);

        var run = await desk.SupportAsync(issue);

        desk.ShouldBeLeftOpen(issue, run, exitCode: 2, "needs-admin");
        run.Findings[0].ShouldBe("storage_refuses");
        run.Actions.ShouldBeEmpty();
        desk.Comment(issue).ShouldContain("credentials");
        desk.Comment(issue).ShouldNotContain("another-one");
        (await docker.DeedsAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task Support_AppFrozen_RestartsTheApp()
    {
        await patient.BeReadyAsync();
        await using var desk = await Desk.OpenAsync(patient);
        desk.Environment["FIELDMEDIC_APP_START"] = "1s";
        var issue = desk.Issue("Site hangs", "The website does not respond any more, it loads forever.");
        await patient.HurtAsync("kill", "--signal", "STOP", patient.Container("app"));
        await using var docker = DockerWatch.Start(patient);

        var run = await desk.SupportAsync(issue);

        desk.ShouldBeClosedAsResolved(issue, run);
        run.Findings[0].ShouldBe("app_silent");
        (await docker.DeedsAsync()).ShouldAllBe(d => d.EndsWith(" app-1", StringComparison.Ordinal));
        run.Actions.ShouldHaveSingleItem().ShouldStartWith("restart ");
    }
}

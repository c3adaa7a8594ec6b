using System.Globalization;
using FieldMedic.Scenarios.Tests.Harness;
using FieldMedic.Testing;

namespace FieldMedic.Scenarios.Tests;

/// <summary>The whole flow of the real binary on a system that is reached over a real sshd.</summary>
[Collection(SharedPatient.Name)]
[Trait("needs", "docker")]
public sealed class SshTests(Patient patient)
{
    [Theory]
    [InlineData("worker_down", "kill worker_wrapper-1", "start worker_wrapper-1", "")]
    [InlineData("service_down", "stop nginx-1", "start nginx-1", "")]
    [InlineData("database_down", "pause db-1", "unpause db-1", "worker_wrapper")]
    public async Task Support_OverSsh_RepairsExactlyThatAndCloses(string problem, string damage, string deeds, string mayLoop)
    {
        await using var sshd = await StartAsync();
        await using var desk = await OpenAsync(sshd);
        var issue = desk.Issue("Synchronisation does not work", "The server gives an error when I sync, since ten minutes.");
        var words = damage.Split(' ');
        await patient.HurtAsync([.. words[..^1], $"{patient.Project}-{words[^1]}"]);
        await using var docker = DockerWatch.Start(patient);

        var run = await desk.SupportAsync(issue);

        desk.ShouldBeClosedAsResolved(issue, run);
        run.Findings[0].ShouldBe(problem);
        (await docker.DeedsAsync()).Where(d => mayLoop.Length == 0 || !d.Contains(mayLoop, StringComparison.Ordinal)).ShouldBe([deeds]);
        sshd.Logins().ShouldBe(1, "one connection for everything");
        await NothingIsLeftAsync(sshd);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Support_HostKeyUnknownOrChanged_TouchesNothingAndLeavesTheIssueOpen(bool changed)
    {
        await using var sshd = await StartAsync();
        await using var desk = await OpenAsync(sshd);
        if (changed)
        {
            await sshd.ChangeHostKeyAsync();
        }
        else
        {
            desk.Environment["FIELDMEDIC_SSH_KNOWN_HOSTS_FILE"] = sshd.KnowsNobody();
        }

        var issue = desk.Issue("Workers down", "The workers are not running.");
        await patient.KillWorkersAsync();
        await using var docker = DockerWatch.Start(patient);

        var run = await desk.SupportAsync(issue);
        var doctor = await desk.RunAsync("doctor");

        run.ExitCode.ShouldBe(3, run.ToString());
        run.Reason.ShouldBe("cannot_observe");
        desk.Look(issue).State.ShouldBe("open");
        desk.Comment(issue).ShouldContain(changed ? "another key than the one that is trusted" : "key is not known here");
        desk.Comment(issue).ShouldNotContain("127.0.0.1");
        (await docker.DeedsAsync()).ShouldBeEmpty();
        doctor.Output.ShouldContain(changed ? "ssh-keygen -R" : "ssh-keyscan -p");
        sshd.Logins().ShouldBe(0);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Support_ConnectionCutInTheAction_IsObservedAgainAndDoneOnce(bool arrives)
    {
        await using var sshd = await StartAsync();
        await using var desk = await OpenAsync(sshd);
        using var cut = new CuttingSocket("/var/run/docker.sock", line => line.EndsWith("/unpause HTTP/1.1", StringComparison.Ordinal), arrives, () => sshd.Cut());
        desk.Environment["DOCKER_HOST"] = sshd.Address + cut.Path;
        var issue = desk.Issue("Database down", "Nothing can be saved, the database does not answer.");
        await patient.HurtAsync("pause", patient.Container("db"));
        await using var docker = DockerWatch.Start(patient);

        var run = await desk.SupportAsync(issue);

        cut.Cuts.ShouldBe(1, run.ToString());
        desk.ShouldBeClosedAsResolved(issue, run);
        (await docker.DeedsAsync()).Where(d => d.EndsWith(" db-1", StringComparison.Ordinal)).ShouldBe(["unpause db-1"]);
        run.Json.GetProperty("actions").EnumerateArray().Select(a => a.GetProperty("success").ValueKind.ToString()).ShouldBe(arrives ? ["Null"] : ["Null", "True"]);
        desk.Comment(issue).ShouldContain("outcome unknown");
        sshd.Logins().ShouldBe(2);
        await NothingIsLeftAsync(sshd);
    }

    [Fact]
    public async Task Support_Killed_LeavesNoConnectionBehind()
    {
        await using var sshd = await StartAsync();
        await using var desk = await OpenAsync(sshd);
        var issue = desk.Issue("Workers down", "The workers are not running.");
        await patient.KillWorkersAsync();
        await using (var process = desk.Start(issue, "--verbose"))
        {
            (await process.UntilAsync(line => line.Contains("diagnosed", StringComparison.Ordinal))).ShouldBeTrue();
            process.Kill();
            await process.EndAsync();
        }

        await NothingIsLeftAsync(sshd);
        desk.ShouldBeClosedAsResolved(issue, await desk.SupportAsync(issue));
    }

    private async Task<Sshd> StartAsync()
    {
        await patient.BeReadyAsync();
        var whyNot = Sshd.WhyNot();
        Assert.SkipWhen(whyNot is not null, whyNot ?? "");
        return await Sshd.StartAsync();
    }

    private async Task<Desk> OpenAsync(Sshd sshd)
    {
        var desk = await Desk.OpenAsync(patient);
        desk.Environment["DOCKER_HOST"] = sshd.Address;
        desk.Environment["FIELDMEDIC_SSH_IDENTITY_FILE"] = sshd.Identity;
        desk.Environment["FIELDMEDIC_SSH_KNOWN_HOSTS_FILE"] = sshd.KnownHosts;
        return desk;
    }

    /// <summary>ssh ends by itself seconds after nobody holds its connection any more.</summary>
    private static async Task NothingIsLeftAsync(Sshd sshd)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(15));
        while ((await Child.RunAsync("pgrep", "--full", string.Create(CultureInfo.InvariantCulture, $"ssh -fNT.* -p {sshd.Port} "))).ExitCode == 0)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(200), TimeProvider.System, limit.Token);
        }
    }
}

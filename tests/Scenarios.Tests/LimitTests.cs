using System.Globalization;
using System.Net;
using System.Net.Sockets;
using FieldMedic.Scenarios.Tests.Harness;

namespace FieldMedic.Scenarios.Tests;

/// <summary>What cannot be seen, cannot be repaired, or does not stay repaired is never closed.</summary>
[Collection(SharedPatient.Name)]
[Trait("needs", "docker")]
public sealed class LimitTests(Patient patient)
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Support_DockerDeadOrHung_CannotObserveInBoundedTimeAndLeavesTheIssueOpen(bool isHung)
    {
        await patient.BeReadyAsync();
        await using var desk = await Desk.OpenAsync(patient);
        var folder = Directory.CreateTempSubdirectory("fieldmedic-socket-");
        using var hung = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            var path = Path.Combine(folder.FullName, "docker.sock");
            if (isHung)
            {
                // The kernel accepts; nobody ever answers.
                hung.Bind(new UnixDomainSocketEndPoint(path));
                hung.Listen(100);
            }

            desk.Environment["DOCKER_HOST"] = $"unix://{path}";
            var issue = desk.Issue("Workers down", "The workers are not running.");
            await using var docker = DockerWatch.Start(patient);

            var rehearsal = await desk.SupportAsync(issue, "--dry-run");

            desk.ShouldHaveChangedNothing(issue, rehearsal, await docker.DeedsAsync());
            rehearsal.ExitCode.ShouldBe(3, rehearsal.ToString());

            var run = await desk.SupportAsync(issue);

            desk.ShouldBeLeftOpen(issue, run, exitCode: 3, "needs-admin");
            run.Reason.ShouldBe("cannot_observe");
            run.Actions.ShouldBeEmpty();
            run.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(30));
            desk.Comment(issue).ShouldContain("@grace");
            desk.Comment(issue).ShouldNotContain(folder.FullName);
            (await docker.DeedsAsync()).ShouldBeEmpty();
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task Support_FixThatCannotWork_TriesItABoundedNumberOfTimesAndSaysWhatWasTried()
    {
        await patient.BeReadyAsync();
        await using var desk = await Desk.OpenAsync(patient);
        var issue = desk.Issue("Site down", "The site cannot be reached: connection refused.");
        await patient.HurtAsync("stop", patient.Container("nginx"));
        // Somebody else has taken nginx's port meanwhile (and answers nobody), so no start can succeed.
        using var squatter = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        squatter.Bind(new IPEndPoint(IPAddress.Loopback, int.Parse(patient["WEB_HTTPS_PORT"], CultureInfo.InvariantCulture)));
        squatter.Listen(100);
        await using var docker = DockerWatch.Start(patient);

        var run = await desk.SupportAsync(issue);

        desk.ShouldBeLeftOpen(issue, run, exitCode: 2, "needs-admin");
        run.Findings.ShouldContain("service_down");
        run.Actions.Length.ShouldBeInRange(1, 3);
        run.Json.GetProperty("actions").EnumerateArray().ShouldAllBe(a => !a.GetProperty("success").GetBoolean());
        desk.Comment(issue).ShouldContain("`start` on");
        desk.Comment(issue).ShouldContain("failed");
        (await docker.DeedsAsync()).ShouldAllBe(deed => deed.EndsWith(" nginx-1", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Support_ProblemBackInsideTheWindow_IsNotClosed()
    {
        await patient.BeReadyAsync();
        await using var desk = await Desk.OpenAsync(patient);
        var issue = desk.Issue("Workers down", "The workers are not running.");
        await patient.KillWorkersAsync();
        await using var process = desk.Start(issue, "--verbose");

        (await process.UntilAsync(line => line.Contains("good for", StringComparison.Ordinal))).ShouldBeTrue();
        await patient.HurtAsync("kill", patient.WorkerTwo);
        var run = await process.EndAsync();

        desk.ShouldBeLeftOpen(issue, run, exitCode: 2, "needs-admin");
        run.Verdict.ShouldBe("not_resolved");
        run.Findings.ShouldBe(["worker_down"]);
    }
}

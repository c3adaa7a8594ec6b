using FieldMedic.Scenarios.Tests.Harness;

namespace FieldMedic.Scenarios.Tests;

[Collection(SharedPatient.Name)]
[Trait("needs", "docker")]
public sealed class CertificateTests(Patient patient)
{
    private static readonly DateTimeOffset Now = TimeProvider.System.GetUtcNow();

    [Fact]
    public async Task Support_CertificateExpired_EscalatesWithTheDateAndTouchesNothing()
    {
        await patient.BeReadyAsync();
        await patient.WriteCertificateAsync(Now.AddDays(-20), Now.AddDays(-3));
        await patient.ReloadNginxAsync();
        await using var desk = await Desk.OpenAsync(patient);
        var issue = desk.Issue("Certificate error", "The browser says the connection is not private, certificate has expired.");
        await using var docker = DockerWatch.Start(patient);

        var run = await desk.SupportAsync(issue);

        desk.ShouldBeLeftOpen(issue, run, exitCode: 2, "needs-admin");
        run.Findings[0].ShouldBe("ssl_expired");
        run.Actions.ShouldBeEmpty();
        desk.Comment(issue).ShouldContain("Renew the certificate");
        (await docker.DeedsAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task Support_RenewedOnDiskAndNotServed_ReloadsNginxAndProvesTheServedOne()
    {
        await patient.BeReadyAsync();
        await patient.WriteCertificateAsync(Now.AddDays(-20), Now.AddDays(-3));
        await patient.ReloadNginxAsync();
        await patient.WriteCertificateAsync(Now.AddDays(-1), Now.AddDays(89));
        await using var desk = await Desk.OpenAsync(patient);
        var issue = desk.Issue("Zertifikat abgelaufen", "Der Browser meldet: Zertifikat abgelaufen.");
        await using var docker = DockerWatch.Start(patient);

        var run = await desk.SupportAsync(issue);

        desk.ShouldBeClosedAsResolved(issue, run);
        run.Actions.ShouldHaveSingleItem().ShouldStartWith("serve_renewed_certificate ");
        run.After("certificate.days_left").ShouldBe(89, 0.2);
        (await docker.DeedsAsync()).ShouldBeEmpty();
    }
}

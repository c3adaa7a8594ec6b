using FieldMedic.Hosting;

namespace FieldMedic.Server.Tests.Serve;

public sealed class SecretRotationTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("fieldmedic-secrets-");

    private string File => Path.Combine(_folder.FullName, ".env");

    [Fact]
    public void Secrets_FileIsMadeChangedAndRemoved_AreThoseOfNow()
    {
        var secrets = SettingsReader.Read(_folder.FullName, null, new Dictionary<string, string?>()).WebhookSecrets;
        secrets().ShouldNotContain("first");

        System.IO.File.WriteAllText(File, "FIELDMEDIC_WEBHOOK_SECRET=first\n");
        secrets().ShouldContain("first");
        secrets().ShouldContain("first");

        System.IO.File.WriteAllText(File, "FIELDMEDIC_WEBHOOK_SECRET=second one\nFIELDMEDIC_WEBHOOK_SECRET_PREVIOUS=first\n");
        secrets().ShouldContain("second one");
        secrets().ShouldContain("first");

        System.IO.File.WriteAllText(File, "FIELDMEDIC_WEBHOOK_SECRET=second one\n");
        secrets().ShouldNotContain("first");

        System.IO.File.Delete(File);
        secrets().ShouldNotContain("second one");
    }

    public void Dispose() => _folder.Delete(recursive: true);
}

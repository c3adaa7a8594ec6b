using System.Text;
using FieldMedic.Hosting;

namespace FieldMedic.Fuzz.Tests;

public sealed class ConfigurationFuzzTests
{
    private const string Seed = """
        # fieldmedic.yaml
        repository: acme/maps
        pack: /etc/fieldmedic/qfieldcloud
        store: /var/lib/fieldmedic/fieldmedic.db
        api_url: https://github.example/api/v3
        docker: ssh://medic@host.example:2222
        write_spacing: 1.5
        poll: 60s
        listen: http://127.0.0.1:8787
        app_id: 12345
        tracker: mcp
        mcp_command: "npx -y some-server"
        variables:
          COMPOSE_PROJECT_NAME: qfieldcloud
          FIELDMEDIC_WINDOW: 30s
        """;

    private const string Several = """
        poll: 60s
        systems:
          maps:
            pack: packs/qfieldcloud
            repository: acme/maps
            docker: ssh://medic@host.example:2222
            variables: { COMPOSE_PROJECT_NAME: maps }
          forms: { pack: packs/forms, repository: acme/forms }
        """;

    [Fact]
    public async Task Configuration_AnyFile_IsReadOrRefusedWithItsPlace()
    {
        var folder = Directory.CreateTempSubdirectory("fieldmedic-fuzz-config-").FullName;
        var file = Path.Combine(folder, "fieldmedic.yaml");
        var seeds = new[] { Seed, Several, Seed.Replace("store: /var/lib/fieldmedic/fieldmedic.db", "store: postgres://medic@db.example:5432/care?sslmode=require", StringComparison.Ordinal) };
        await Fuzzer.RunAsync("configuration", [.. seeds.Select(Encoding.UTF8.GetBytes)], Read, e => e is ConfigurationException);
        Directory.Delete(folder, recursive: true);

        async Task Read(byte[] bytes)
        {
            await File.WriteAllBytesAsync(file, bytes);
            SettingsReader.Read(folder, file, new Dictionary<string, string?>());
        }
    }
}

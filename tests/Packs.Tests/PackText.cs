using FieldMedic.Packs.Tests.Kinds;
using FieldMedic.Packs.Yaml;

namespace FieldMedic.Packs.Tests;

/// <summary>Loads pack text through a real file.</summary>
internal static class PackText
{
    public const string Small =
        """
        system: small
        services:
          db: {}
          worker: { needs: [db], replicas: 2 }
        probes:
          containers: { test.counts: {}, required: true }
        problems:
          worker_down:
            title: Workers are down
            service: worker
            when: [ worker.running < worker.desired ]
        """;

    public static PackLoadResult Load(string text, params (string Name, string Value)[] variables)
        => Load(System.Text.Encoding.UTF8.GetBytes(text), variables);

    public static PackLoadResult Load(byte[] bytes, params (string Name, string Value)[] variables)
    {
        var folder = Directory.CreateTempSubdirectory("pack-");
        try
        {
            File.WriteAllBytes(Path.Combine(folder.FullName, "pack.yaml"), bytes);
            return new PackLoader(TestKinds.Catalog).Load(folder.FullName, variables.ToDictionary(v => v.Name, v => v.Value));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    public static IReadOnlyList<string> Codes(string text, params (string Name, string Value)[] variables)
        => [.. Load(text, variables).Problems.Select(p => p.Code)];
}

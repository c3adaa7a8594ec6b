using FieldMedic.Packs.Yaml.Nodes;

namespace FieldMedic.Packs.Yaml.Reading;

internal static class ServicesReader
{
    public static IReadOnlyDictionary<string, ServiceSpec> Read(Fields pack, PackReading reading)
    {
        var services = new Dictionary<string, ServiceSpec>(StringComparer.Ordinal);
        var needs = new List<(string Service, string Need, ScalarNode At)>();
        var entries = pack.Entries("services").ToList();
        foreach (var (name, node) in entries)
        {
            if (PackNames.Check(name, reading, "a service") && Fields.Of(node, reading, $"Service '{name.Value}'") is { } fields)
            {
                var listed = fields.Texts("needs");
                needs.AddRange(listed.Select(n => (name.Value, n.Text, n.Node)));
                services[name.Value] = new ServiceSpec(
                    name.Value,
                    [.. listed.Select(n => n.Text)],
                    Replicas(fields, reading),
                    fields.Value("one_shot", false),
                    fields.Value("optional", false),
                    fields.Take("kind") is { } kind && reading.Text(kind, "'kind'") is { } text && PackNames.Check(text, kind, reading, "a kind of problem") ? text : null);
                fields.Close();
            }
        }

        var known = entries.Select(e => e.Key.Value).ToHashSet(StringComparer.Ordinal);
        foreach (var (_, need, at) in needs.Where(n => !known.Contains(n.Need)))
        {
            reading.Error(PackCodes.UnknownService, at, $"There is no service '{need}'{Suggestion.OrList(need, known, "services")}");
        }

        ReportCycles(needs, reading);
        return services;
    }

    private static int Replicas(Fields fields, PackReading reading)
    {
        var node = fields.Take("replicas");
        if (node is null || Values.Convert(typeof(int), node, reading, "'replicas'") is not int replicas)
        {
            return 1;
        }

        if (replicas is < 1 or > 1000)
        {
            reading.Error(PackCodes.OutOfRange, node, $"'replicas' is 1 to 1000, not {replicas}; a service that may be absent is 'optional: true'.");
        }

        return replicas;
    }

    private static void ReportCycles(List<(string Service, string Need, ScalarNode At)> needs, PackReading reading)
    {
        var edges = needs.GroupBy(n => n.Service, StringComparer.Ordinal).ToDictionary(g => g.Key, g => g.Select(n => n.Need).ToList(), StringComparer.Ordinal);
        foreach (var (first, at) in Cycles.Find(edges, needs.Select(n => (n.Service, n.Need, n.At))))
        {
            reading.Error(PackCodes.NeedsCycle, at, $"Services need each other in a circle: {first}. One of them must work without the other, or there is no root cause to find.");
        }
    }
}

using FieldMedic.Packs.Yaml.Nodes;

namespace FieldMedic.Packs.Yaml.Reading;

internal sealed class ProbesReader(KindCatalog catalog, PackReading reading, IReadOnlyDictionary<string, ServiceSpec> services)
{
    private static readonly TimeSpan DefaultTimeout = TimeSpan.FromSeconds(3);

    public ObservationNames Names { get; } = new();

    public IReadOnlyList<ProbeSpec> Read(Fields pack)
    {
        var probes = new List<ProbeSpec>();
        var entries = pack.Entries("probes").ToList();
        foreach (var (name, node) in entries)
        {
            if (!PackNames.Check(name, reading, "a probe") || ReadOne(name, node) is not { } probe)
            {
                Names.IsComplete = false;
                continue;
            }

            probes.Add(probe);
        }

        if (entries.Count == 0)
        {
            reading.Error(PackCodes.MissingKey, pack.Map, "The pack has no 'probes'; without one nothing can be observed.");
        }

        return probes;
    }

    private ProbeSpec? ReadOne(ScalarNode name, Node node)
    {
        if (Fields.Of(node, reading, $"Probe '{name.Value}'") is not { } fields)
        {
            return null;
        }

        var timeoutNode = fields.Take("timeout");
        var timeout = timeoutNode is not null && Values.Convert(typeof(TimeSpan), timeoutNode, reading, "'timeout'") is TimeSpan given ? given : DefaultTimeout;
        if (timeoutNode is not null && (timeout <= TimeSpan.Zero || timeout > TimeSpan.FromMinutes(5)))
        {
            reading.Error(PackCodes.OutOfRange, timeoutNode, "'timeout' is more than 0 and at most 5m.");
        }

        var staleAfter = fields.Value("stale_after", TimeSpan.Zero);
        var required = fields.Value("required", false);
        if (KindReader.Read(fields, catalog.Probes, PackCodes.UnknownProbeKind, reading, $"Probe '{name.Value}'") is not var (kind, bound, complete))
        {
            return null;
        }

        var settings = (IProbeSettings)bound;
        if (!complete)
        {
            return null;
        }

        if (settings.Mistake is { } mistake)
        {
            reading.Error(PackCodes.BadSetting, fields.Map.Entries.First(e => e.Key.Value == kind).Key, mistake);
            return null;
        }

        foreach (var service in settings.Services.Where(s => !services.ContainsKey(s)).Distinct(StringComparer.Ordinal))
        {
            reading.Error(PackCodes.UnknownService, ServicePlace(fields, kind, service), $"There is no service '{service}'{Suggestion.OrList(service, [.. services.Keys], "services")}");
        }

        foreach (var pattern in settings.Observes(name.Value, services))
        {
            Names.Add(pattern, staleAfter > TimeSpan.Zero && !settings.IsFresh(pattern));
        }

        return new ProbeSpec(name.Value, kind, settings, timeout, staleAfter, required);
    }

    // The scalar that names the service, wherever the kind's settings keep it.
    private ScalarNode ServicePlace(Fields fields, string kind, string service)
    {
        var root = fields.Map.Entries.First(e => e.Key.Value == kind);
        return Scalars(root.Value).FirstOrDefault(s => reading.Expand(s)?.Contains(service, StringComparison.Ordinal) == true) ?? root.Key;
    }

    private static IEnumerable<ScalarNode> Scalars(Node node) => node switch
    {
        ScalarNode scalar => [scalar],
        ListNode list => list.Items.SelectMany(Scalars),
        MapNode map => map.Entries.SelectMany(e => Scalars(e.Value).Prepend(e.Key)),
        _ => [],
    };
}

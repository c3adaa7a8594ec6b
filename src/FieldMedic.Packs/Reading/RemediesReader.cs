using FieldMedic.Packs.Yaml.Nodes;

namespace FieldMedic.Packs.Yaml.Reading;

internal sealed class RemediesReader(
    KindCatalog catalog, PackReading reading, IReadOnlyDictionary<string, ServiceSpec> services, IReadOnlyList<ProbeSpec> probes, ConditionReader conditions)
{
    /// <summary>The remedies, and where each is declared.</summary>
    public (IReadOnlyDictionary<string, RemedySpec> Remedies, IReadOnlyList<ScalarNode> Declared) Read(Fields pack)
    {
        var remedies = new Dictionary<string, RemedySpec>(StringComparer.Ordinal);
        var declared = new List<ScalarNode>();
        foreach (var (id, node) in pack.Entries("remedies"))
        {
            declared.Add(id);
            if (PackNames.Check(id, reading, "a remedy") && ReadOne(id, node) is { } remedy)
            {
                remedies[id.Value] = remedy;
            }
        }

        return (remedies, declared);
    }

    private RemedySpec? ReadOne(ScalarNode id, Node node)
    {
        if (Fields.Of(node, reading, $"Remedy '{id.Value}'") is not { } fields)
        {
            return null;
        }

        var risk = fields.Value("risk", Risk.Low);
        var budgetNode = fields.Take("budget");
        var budget = budgetNode is not null && Values.Convert(typeof(TimeSpan), budgetNode, reading, "'budget'") is TimeSpan given ? given : TimeSpan.FromSeconds(60);
        if (budgetNode is not null && (budget <= TimeSpan.Zero || budget > TimeSpan.FromHours(1)))
        {
            reading.Error(PackCodes.OutOfRange, budgetNode, "'budget' is more than 0 and at most 1h.");
        }

        var requires = conditions.Read(fields.Take("requires"), "requires", beforeAllowed: false);
        var cooldown = fields.Take("cooldown") is { } cooldownNode ? Values.Convert(typeof(TimeSpan), cooldownNode, reading, "'cooldown'") as TimeSpan? : null;
        var autonomy = fields.Take("autonomy") is { } autonomyNode ? Values.Convert(typeof(Autonomy), autonomyNode, reading, "'autonomy'") as Autonomy? : null;
        var attempts = Attempts(fields);
        var temporary = fields.Value("temporary", false);
        if (KindReader.Read(fields, catalog.Remedies, PackCodes.UnknownRemedyKind, reading, $"Remedy '{id.Value}'") is not var (kind, bound, complete) || !complete)
        {
            return null;
        }

        var settings = (IRemedySettings)bound;
        if (settings.Service is { } service)
        {
            CheckService(service, fields.Map.Entries.First(e => e.Key.Value == kind).Value);
        }

        foreach (var probe in settings.Probes.Where(n => !probes.Any(p => p.Name == n)))
        {
            reading.Error(PackCodes.UnknownProbe, fields.Map.Entries.First(e => e.Key.Value == kind).Value, $"There is no probe '{probe}'{Suggestion.OrList(probe, [.. probes.Select(p => p.Name)], "probes")}");
        }

        return new RemedySpec
        {
            Id = id.Value,
            Kind = kind,
            Settings = settings,
            Risk = risk,
            Budget = budget,
            Requires = requires,
            Cooldown = cooldown,
            Attempts = attempts,
            Autonomy = autonomy,
            Temporary = temporary,
        };
    }

    private int? Attempts(Fields fields)
    {
        if (fields.Take("attempts") is not { } node || Values.Convert(typeof(int), node, reading, "'attempts'") is not int attempts)
        {
            return null;
        }

        if (attempts < 1)
        {
            reading.Error(PackCodes.OutOfRange, node, "'attempts' is at least 1.");
        }

        return attempts;
    }

    private void CheckService(string service, Node settings)
    {
        var at = settings is MapNode map ? map.Entries.FirstOrDefault(e => e.Key.Value == "service").Value ?? settings : settings;
        if (!services.TryGetValue(service, out var spec))
        {
            reading.Error(PackCodes.UnknownService, at, $"There is no service '{service}'{Suggestion.OrList(service, [.. services.Keys], "services")}");
        }
        else if (spec.OneShot)
        {
            reading.Error(PackCodes.OneShotRemedy, at, $"'{service}' is a one-shot service: exited is its healthy state and it is never started, so no remedy may act on it.");
        }
    }
}

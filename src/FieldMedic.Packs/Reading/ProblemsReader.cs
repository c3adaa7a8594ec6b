using FieldMedic.Packs.Yaml.Nodes;

namespace FieldMedic.Packs.Yaml.Reading;

/// <summary>Reads the catalogue of problems; one declared <c>for_each</c> service becomes one problem a service.</summary>
internal sealed class ProblemsReader(PackReading reading, PackReferences references, ConditionReader conditions, ObservationNames names)
{
    private const string Placeholder = "{service}";
    private static readonly TimeSpan LongestFor = TimeSpan.FromMinutes(5);

    public IReadOnlyList<ProblemSpec> Read(Fields pack)
    {
        var problems = new List<ProblemSpec>();
        var entries = pack.Entries("problems").ToList();
        var ids = entries.Select(e => e.Key.Value).ToHashSet(StringComparer.Ordinal);
        var causes = new List<(string From, string To, ScalarNode At)>();
        foreach (var (id, node) in entries)
        {
            if (!PackNames.Check(id, reading, "a problem") || node is not MapNode map)
            {
                _ = Fields.Of(node, reading, $"Problem '{id.Value}'") is { } empty && empty.Require("title") is null;
                continue;
            }

            foreach (var service in Targets(id, map))
            {
                problems.Add(ReadOne(id, new Fields(map, reading, $"Problem '{id.Value}'"), service, ids, causes));
            }
        }

        var edges = causes.GroupBy(c => c.From, StringComparer.Ordinal).ToDictionary(g => g.Key, g => g.Select(c => c.To).ToList(), StringComparer.Ordinal);
        foreach (var (path, at) in Cycles.Find(edges, causes))
        {
            reading.Error(PackCodes.CauseCycle, at, $"Problems cause each other in a circle: {path}. Then none of them can be the root.");
        }

        return problems;
    }

    /// <summary>The services of a template; one null for a plain problem.</summary>
    private List<ServiceSpec?> Targets(ScalarNode id, MapNode map)
    {
        if (map.Entries.FirstOrDefault(e => e.Key.Value == "for_each") is not { Key: not null } entry)
        {
            return [null];
        }

        if (Fields.Of(entry.Value, reading, "'for_each'") is not { } fields)
        {
            return [];
        }

        var chosen = fields.Require("services") is { } node ? Choose(node) : [];
        var except = fields.Texts("except");
        _ = fields.Take("kind");
        fields.Close();
        foreach (var (service, at) in except)
        {
            _ = Service(service, at);
        }

        List<ServiceSpec?> targets = [.. chosen.Where(s => !except.Any(e => e.Text == s.Name))];
        if (targets.Count == 0 && !reading.HasErrors)
        {
            reading.Error(PackCodes.ForEachNothing, entry.Key, $"'for_each' of '{id.Value}' matches no service, so the problem can never be found.");
        }

        return targets;
    }

    private List<ServiceSpec> Choose(Node node)
    {
        var chosen = new List<ServiceSpec>();
        foreach (var (text, at) in Values.Texts(node, reading, "'services'"))
        {
            switch (text)
            {
                case "all":
                    chosen.AddRange(references.Services.Values.Where(s => !s.OneShot));
                    break;
                case "one_shot":
                    chosen.AddRange(references.Services.Values.Where(s => s.OneShot));
                    break;
                default:
                    if (Service(text, at) is { } service)
                    {
                        chosen.Add(service);
                    }

                    break;
            }
        }

        return [.. chosen.DistinctBy(s => s.Name)];
    }

    private ProblemSpec ReadOne(
        ScalarNode id, Fields fields, ServiceSpec? template, HashSet<string> ids, List<(string From, string To, ScalarNode At)> causes)
    {
        var forEach = fields.Take("for_each") as MapNode;
        var service = template?.Name;
        if (fields.Take("service") is { } node && reading.Text(node, "'service'") is { } named)
        {
            if (template is not null)
            {
                reading.Error(PackCodes.WrongShape, node, "'service' and 'for_each' exclude each other.");
            }
            else
            {
                template = Service(named, node);
                service = named;
            }
        }

        string? Worded(string key) => fields.Text(key) is { } text ? Filled(text) : null;
        string Filled(string text) => service is null ? text : text.Replace(Placeholder, service, StringComparison.Ordinal);

        var title = fields.Require("title") is { } titleNode ? reading.Text(titleNode, "'title'") : null;
        var when = fields.Require("when");
        if (when is ListNode { Items.Count: 0 })
        {
            reading.Error(PackCodes.BadCondition, when, "'when' is empty: the problem would always hold.");
        }

        var problem = new ProblemSpec
        {
            Id = id.Value,
            IsAdvisory = fields.Value("advisory", false),
            Kind = Kind(id, fields, forEach, forEach is null ? null : template?.Kind),
            Service = service,
            Title = Filled(title ?? id.Value),
            When = conditions.Read(when, "when", beforeAllowed: false, service),
            For = For(fields),
            Proof = conditions.Read(fields.Take("proof"), "proof", beforeAllowed: true, service),
            Explains = Known(fields.Texts("explains"), references.Complaints, PackCodes.UnknownComplaint, "complaint kind"),
            Remedies = ReadRemedies(fields, template),
            Show = Shown(fields, Filled),
            Contact = Contact(fields),
            NextStep = Worded("next_step"),
            Prevention = Worded("prevention"),
            CausedBy = Causes(id, fields, ids, causes),
            Window = fields.Take("window") is { } window ? Values.Convert(typeof(TimeSpan), window, reading, "'window'") as TimeSpan? : null,
        };
        fields.Close();
        return problem;
    }

    private TimeSpan For(Fields fields)
    {
        if (fields.Take("for") is not { } node || Values.Convert(typeof(TimeSpan), node, reading, "'for'") is not TimeSpan time)
        {
            return TimeSpan.Zero;
        }

        if (time > LongestFor)
        {
            reading.Error(PackCodes.OutOfRange, node, $"'for' is at most {LongestFor.TotalMinutes:0}m: a diagnosis waits for it.");
        }

        return time;
    }

    private IReadOnlyList<string> ReadRemedies(Fields fields, ServiceSpec? service)
    {
        var node = fields.Map.Entries.FirstOrDefault(e => e.Key.Value == "remedies").Value;
        var remedies = Known(fields.Texts("remedies"), references.Remedies, PackCodes.UnknownRemedy, "remedy");
        if (service is { OneShot: true } && remedies.Count > 0)
        {
            reading.Error(PackCodes.OneShotRemedy, node!, $"'{service.Name}' is a one-shot service: exited is its healthy state and it is never started, so this problem can have no remedies.");
        }

        return remedies;
    }

    private List<string> Shown(Fields fields, Func<string, string> fill)
    {
        var shown = new List<string>();
        foreach (var (text, at) in fields.Texts("show"))
        {
            shown.Add(fill(text));
            names.Check(shown[^1], at, reading);
        }

        return shown;
    }

    /// <summary>The problem's own kind, else that of the service it is about, else the one for services without; null when that is its id.</summary>
    private string? Kind(ScalarNode id, Fields fields, MapNode? forEach, string? ofService)
    {
        var common = forEach?.Entries.FirstOrDefault(e => e.Key.Value == "kind").Value;
        var kind = Named(fields.Take("kind")) ?? ofService ?? Named(common);
        return kind == id.Value ? null : kind;

        string? Named(Node? node) => node is not null && reading.Text(node, "'kind'") is { } text && PackNames.Check(text, node, reading, "a kind of problem") ? text : null;
    }

    private string Contact(Fields fields)
    {
        const string fallback = "admin";
        if (fields.Take("contact") is not { } node || reading.Text(node, "'contact'") is not { } role)
        {
            return fallback;
        }

        if (!references.Contacts.Contains(role))
        {
            reading.Error(PackCodes.UnknownContact, node, $"There is no contact role '{role}'{Suggestion.OrList(role, references.Contacts, "roles")}");
        }

        return role;
    }

    private IReadOnlyList<string> Causes(ScalarNode id, Fields fields, HashSet<string> ids, List<(string From, string To, ScalarNode At)> causes)
    {
        var listed = fields.Texts("caused_by");
        causes.AddRange(listed.Select(c => (id.Value, c.Text, c.Node)));
        return Known(listed, ids, PackCodes.UnknownProblem, "problem");
    }

    private IReadOnlyList<string> Known(
        IReadOnlyList<(string Text, ScalarNode Node)> listed, IReadOnlyCollection<string> known, string code, string what)
    {
        foreach (var (text, at) in listed.Where(l => !known.Contains(l.Text)))
        {
            reading.Error(code, at, $"There is no {what} '{text}'{Suggestion.OrList(text, known, $"{what} ids")}");
        }

        return [.. listed.Select(l => l.Text)];
    }

    private ServiceSpec? Service(string name, Node at)
    {
        if (references.Services.TryGetValue(name, out var service))
        {
            return service;
        }

        reading.Error(PackCodes.UnknownService, at, $"There is no service '{name}'{Suggestion.OrList(name, [.. references.Services.Keys], "services")}");
        return null;
    }
}

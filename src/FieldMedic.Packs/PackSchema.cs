using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using FieldMedic.Packs.Yaml.Reading;
using FieldMedic.Packs.Yaml.Schema;

namespace FieldMedic.Packs.Yaml;

/// <summary>The JSON schema (draft 2020-12) of packs, for editors. Made from the types the loader binds.</summary>
public static class PackSchema
{
    private static readonly JsonSerializerOptions Format = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, NewLine = "\n" };

    public static string Generate(KindCatalog catalog)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        var texts = SchemaNodes.Texts();
        var properties = new JsonObject
        {
            ["system"] = SchemaNodes.Name("Id of the system; also names its lock."),
            ["title"] = SchemaNodes.Text("Name for people."),
            ["docker"] = SchemaNodes.Text("Where Docker answers, e.g. unix:///var/run/docker.sock or ssh://user@host."),
            ["ssh"] = SettingsSchema.Of(typeof(SshSpec)),
            ["compose_project"] = SchemaNodes.Text("The compose project."),
            ["services"] = SchemaNodes.MapOf(Service(), "The services, by their names in the compose file."),
            ["probes"] = SchemaNodes.MapOf(WithKind(ProbeKeys(), catalog.Probes), "What is measured. One kind each."),
            ["problems"] = SchemaNodes.MapOf(Problem(), "What can be wrong, in the order of suspicion."),
            ["remedies"] = SchemaNodes.MapOf(WithKind(RemedyKeys(), catalog.Remedies), "The allow-list of what may be done. One kind each."),
            ["vocabulary"] = SchemaNodes.MapOf(SchemaNodes.Texts(), "Words of like meaning in all languages; symptoms name them as $name."),
            ["complaints"] = SchemaNodes.MapOf(Complaint(), "Kinds of complaint and how people word them."),
            ["chains"] = SchemaNodes.MapOf(Chain(), "What users do that many parts have to work together for, link by link."),
            ["healthy"] = Conditions("What must hold besides the problems being gone."),
            ["status"] = SchemaNodes.Described(texts.DeepClone().AsObject(), "Observations shown in a status answer."),
            ["policy"] = SettingsSchema.Of(typeof(PolicySpec)),
            ["contacts"] = SchemaNodes.MapOf(SchemaNodes.Contact(), "Role to GitHub logins; several may stand in one text, separated by commas."),
            ["public"] = SchemaNodes.Described(texts.DeepClone().AsObject(), "Words that may appear in public although they look private."),
        };
        var schema = SchemaNodes.Object(properties, ["system", "probes", "problems"]);
        schema.Insert(0, "$schema", "https://json-schema.org/draft/2020-12/schema");
        schema.Insert(1, "title", "FieldMedic pack");
        schema["$defs"] = new JsonObject { ["condition"] = SchemaNodes.Condition() };
        return schema.ToJsonString(Format) + "\n";
    }

    private static JsonObject Service() => SchemaNodes.OrNothing(SchemaNodes.Object(
        new JsonObject
        {
            ["needs"] = SchemaNodes.Described(SchemaNodes.Texts(), "Services it cannot work without."),
            ["replicas"] = SettingsSchema.Value(typeof(int)),
            ["kind"] = SchemaNodes.Text("Catalogue entry of its troubles, where a for_each problem is about any service."),
            ["one_shot"] = SchemaNodes.Described(SettingsSchema.Value(typeof(bool)), "Runs once; exited with 0 is healthy."),
            ["optional"] = SchemaNodes.Described(SettingsSchema.Value(typeof(bool)), "May be absent altogether."),
        },
        []));

    private static JsonObject ProbeKeys() => new()
    {
        ["timeout"] = SchemaNodes.Described(SettingsSchema.Value(typeof(TimeSpan)), "The most one measurement may take; 3s."),
        ["stale_after"] = SchemaNodes.Described(SettingsSchema.Value(typeof(TimeSpan)), "How old a cached answer may be. Above zero it is shown and decides nothing."),
        ["required"] = SchemaNodes.Described(SettingsSchema.Value(typeof(bool)), "The system counts as unobservable without it."),
    };

    private static JsonObject RemedyKeys() => new()
    {
        ["risk"] = SettingsSchema.Value(typeof(Risk)),
        ["budget"] = SchemaNodes.Described(SettingsSchema.Value(typeof(TimeSpan)), "The most one action may take; 60s."),
        ["requires"] = Conditions("Must hold before it may run; unknown counts as no."),
        ["attempts"] = SchemaNodes.Described(SettingsSchema.Value(typeof(int)), "Uses on one target within the policy's remedy_window."),
        ["cooldown"] = SchemaNodes.Described(SettingsSchema.Value(typeof(TimeSpan)), "Minimum time between two uses on one target."),
        ["autonomy"] = SettingsSchema.Value(typeof(Autonomy)),
        ["temporary"] = SchemaNodes.Described(SettingsSchema.Value(typeof(bool)), "It relieves, the cause remains."),
    };

    private static JsonObject Problem() => SchemaNodes.Object(
        new JsonObject
        {
            ["title"] = SchemaNodes.Text("Short wording for people."),
            ["kind"] = SchemaNodes.Text("The catalogue entry it is a variant of, e.g. database_down; its own id."),
            ["service"] = SchemaNodes.Text("The service it is about."),
            ["advisory"] = SchemaNodes.Described(SettingsSchema.Value(typeof(bool)), "Counts for an incident only where somebody complained of what it explains; status always shows it."),
            ["for_each"] = SchemaNodes.Object(
                new JsonObject
                {
                    ["services"] = SchemaNodes.Described(SchemaNodes.Texts(), "all (every service that should keep running), one_shot, or names."),
                    ["except"] = SchemaNodes.Texts(),
                    ["kind"] = SchemaNodes.Text("Catalogue entry for services that name none of their own."),
                },
                ["services"]),
            ["when"] = Conditions("All must hold."),
            ["for"] = SchemaNodes.Described(SettingsSchema.Value(typeof(TimeSpan)), "How long it has to hold in every sweep before it counts (at most 5m)."),
            ["proof"] = Conditions("What must hold for the proof; 'before.' looks at the sweep before the repair."),
            ["explains"] = SchemaNodes.Described(SchemaNodes.Texts(), "Complaint kinds it explains."),
            ["remedies"] = SchemaNodes.Described(SchemaNodes.Texts(), "The ladder, cheapest first. None: a person is needed."),
            ["show"] = SchemaNodes.Described(SchemaNodes.Texts(), "Observations of the before/after table."),
            ["contact"] = SchemaNodes.Text("Role to mention; admin."),
            ["next_step"] = SchemaNodes.Text("The next step for a person."),
            ["prevention"] = SchemaNodes.Text("How to keep it from happening again."),
            ["caused_by"] = SchemaNodes.Described(SchemaNodes.Texts(), "Problems that are the cause of this one when they hold too."),
            ["window"] = SchemaNodes.Described(SettingsSchema.Value(typeof(TimeSpan)), "How long everything must stay good after it."),
        },
        ["title", "when"]);

    private static JsonObject Chain() => SchemaNodes.Object(
        new JsonObject
        {
            ["title"] = SchemaNodes.Text("Name for people."),
            ["kind"] = SchemaNodes.Text("The complaint kind that is about it."),
            ["ready"] = SchemaNodes.Text("What to tell a user when every link holds."),
            ["links"] = new JsonObject
            {
                ["type"] = "array",
                ["items"] = SchemaNodes.Object(
                    new JsonObject { ["name"] = SchemaNodes.Text("For people."), ["ok"] = Conditions("What must hold."), ["tell"] = SchemaNodes.Text("What to tell a user while it does not.") },
                    ["name", "ok"]),
            },
        },
        ["links"]);

    private static JsonObject Complaint() => SchemaNodes.Object(
        new JsonObject
        {
            ["nature"] = SettingsSchema.Value(typeof(ComplaintNature)),
            ["kind"] = SchemaNodes.Text("Catalogue entry it is a way of complaining about; its own id when absent."),
            ["broad"] = SchemaNodes.Described(SettingsSchema.Value(typeof(bool)), "Many faults look like this; one that is named beside it comes first."),
            ["symptoms"] = SchemaNodes.Described(SchemaNodes.Texts(), "Phrases: terms that meet in one sentence; a|b alternatives, word* any ending, a_b words in a row, $name words of the vocabulary."),
        },
        []);

    private static JsonObject WithKind(JsonObject common, IReadOnlyDictionary<string, Type> kinds)
    {
        var count = common.Count;
        foreach (var (kind, type) in kinds.OrderBy(k => k.Key, StringComparer.Ordinal))
        {
            common[kind] = SettingsSchema.Of(type);
        }

        var schema = SchemaNodes.Object(common, []);
        schema["oneOf"] = new JsonArray([.. common.Skip(count).Select(k => (JsonNode)new JsonObject { ["required"] = new JsonArray(k.Key) })]);
        return schema;
    }

    private static JsonObject Conditions(string description) => SchemaNodes.Described(SchemaNodes.Conditions(), description);
}

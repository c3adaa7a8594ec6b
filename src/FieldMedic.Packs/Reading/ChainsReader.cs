using FieldMedic.Packs.Yaml.Nodes;

namespace FieldMedic.Packs.Yaml.Reading;

internal sealed class ChainsReader(PackReading reading, ConditionReader conditions, IReadOnlyList<string> complaints)
{
    public IReadOnlyList<ChainSpec> Read(Fields pack)
    {
        var chains = new List<ChainSpec>();
        foreach (var (id, node) in pack.Entries("chains"))
        {
            if (PackNames.Check(id, reading, "a chain") && Fields.Of(node, reading, $"Chain '{id.Value}'") is { } fields)
            {
                chains.Add(ReadOne(id, fields));
            }
        }

        return chains;
    }

    private ChainSpec ReadOne(ScalarNode id, Fields fields)
    {
        var title = fields.Text("title") ?? id.Value;
        var kindNode = fields.Take("kind");
        var kind = kindNode is null ? null : reading.Text(kindNode, "'kind'");
        if (kind is not null && !complaints.Contains(kind, StringComparer.Ordinal))
        {
            reading.Error(PackCodes.UnknownComplaint, kindNode!, $"There is no complaint kind '{kind}'{Suggestion.OrList(kind, complaints, "complaint kinds")}");
        }

        var ready = fields.Text("ready") ?? "";
        var links = new List<ChainLink>();
        var place = fields.Require("links");
        foreach (var item in (place as ListNode)?.Items ?? [])
        {
            if (Fields.Of(item, reading, $"A link of the chain '{id.Value}'") is { } link)
            {
                var name = link.Require("name") is { } nameNode ? reading.Text(nameNode, "'name'") ?? "" : "";
                var ok = link.Require("ok");
                links.Add(new ChainLink(name, conditions.Read(ok, "ok", beforeAllowed: false), link.Text("tell") ?? ""));
                link.Close();
            }
        }

        if (place is not null && links.Count == 0)
        {
            reading.Error(PackCodes.WrongShape, place, $"The chain '{id.Value}' has no links; write a list of '- {{ name: …, ok: [ … ], tell: … }}'.");
        }

        fields.Close();
        return new ChainSpec(id.Value, title, kind, ready, links);
    }
}

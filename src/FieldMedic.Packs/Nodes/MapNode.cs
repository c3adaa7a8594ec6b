namespace FieldMedic.Packs.Yaml.Nodes;

internal sealed record MapNode(IReadOnlyList<KeyValuePair<ScalarNode, Node>> Entries, int Line, int Column) : Node(Line, Column)
{
    public override string Shape => "a map of keys";
}

namespace FieldMedic.Packs.Yaml.Nodes;

internal sealed record ListNode(IReadOnlyList<Node> Items, int Line, int Column) : Node(Line, Column)
{
    public override string Shape => "a list";
}

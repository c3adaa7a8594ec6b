namespace FieldMedic.Packs.Yaml.Nodes;

internal sealed record ScalarNode(string Value, bool Plain, int Line, int Column) : Node(Line, Column)
{
    public override string Shape => IsEmpty ? "nothing" : "a text";

    public override bool IsEmpty => Plain && Value is "" or "~" or "null";
}

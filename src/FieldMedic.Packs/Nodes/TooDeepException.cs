namespace FieldMedic.Packs.Yaml.Nodes;

/// <summary>Leaves the recursive descent; it never leaves <see cref="NodeReader"/>.</summary>
internal sealed class TooDeepException(int line, int column) : Exception
{
    public int Line { get; } = line;

    public int Column { get; } = column;
}

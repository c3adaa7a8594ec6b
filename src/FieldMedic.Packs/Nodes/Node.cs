namespace FieldMedic.Packs.Yaml.Nodes;

/// <summary>A place in the YAML tree. Own types, because YamlDotNet's stop at the first duplicate key.</summary>
internal abstract record Node(int Line, int Column)
{
    /// <summary>For messages: "a list", "a text".</summary>
    public abstract string Shape { get; }

    public virtual bool IsEmpty => false;
}

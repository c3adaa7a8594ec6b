using FieldMedic.GitHub.Wire;

namespace FieldMedic.GitHub.Issues;

/// <summary>Colour and description of the labels that are made when a repository lacks them.</summary>
internal static class LabelStyles
{
    public static WireNewLabel For(string name) => name switch
    {
        "resolved" => new(name, "2da44e", "Repaired and proven by measurement"),
        "needs-admin" => new(name, "d93f0b", "An operator of the system is needed"),
        "needs-developer" => new(name, "8250df", "A developer is needed"),
        "escalated" => new(name, "b60205", "Handed over to a person"),
        "needs-manual-review" => new(name, "fbca04", "Nothing wrong was measured; a person should look"),
        "hold" => new(name, "5319e7", "FieldMedic stands back from this issue"),
        _ => new(name, "ededed", "Used by FieldMedic"),
    };
}

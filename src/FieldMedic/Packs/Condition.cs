namespace FieldMedic.Packs;

/// <summary>One line of a condition, or alternatives of which one must hold (<c>any:</c>).</summary>
public abstract record Condition
{
    private Condition()
    {
    }

    /// <summary><c>observation op operand</c>.</summary>
    /// <param name="Left">An observation name, perhaps with the prefix <c>before.</c></param>
    /// <param name="Right">A number in base units, a text, a flag, or another observation.</param>
    public sealed record Comparison(string Left, ComparisonOperator Operator, Operand Right) : Condition
    {
        public override string ToString() => $"{Left} {Operator.Symbol()} {Right}";
    }

    /// <summary>At least one alternative (each a list of which all must hold).</summary>
    public sealed record Any(IReadOnlyList<IReadOnlyList<Condition>> Alternatives) : Condition
    {
        public override string ToString() => "any of (" + string.Join(" | ", Alternatives.Select(a => string.Join(" and ", a))) + ")";
    }
}

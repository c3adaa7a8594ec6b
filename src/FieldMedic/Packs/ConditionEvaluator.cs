using FieldMedic.Incidents;

namespace FieldMedic.Packs;

/// <summary>Evaluates conditions over a snapshot by Kleene's three-valued logic: unknown stays unknown unless it cannot matter.</summary>
public static class ConditionEvaluator
{
    private const string BeforePrefix = "before.";

    /// <summary>All of a list. An empty list is true.</summary>
    /// <param name="before">The snapshot that <c>before.</c> names look into; such a name is unknown without it.</param>
    public static Truth All(IReadOnlyList<Condition> conditions, Snapshot now, Snapshot? before = null)
    {
        ArgumentNullException.ThrowIfNull(conditions);
        var result = Truth.True;
        foreach (var condition in conditions)
        {
            switch (Evaluate(condition, now, before))
            {
                case Truth.False: return Truth.False;
                case Truth.Unknown: result = Truth.Unknown; break;
            }
        }

        return result;
    }

    public static Truth Evaluate(Condition condition, Snapshot now, Snapshot? before = null) => condition switch
    {
        Condition.Comparison comparison => Compare(comparison, now, before),
        Condition.Any any => AnyOf(any, now, before),
        _ => Truth.Unknown,
    };

    /// <summary>The comparisons that hold, each with the value seen: the evidence of a finding.</summary>
    public static IEnumerable<string> Evidence(IReadOnlyList<Condition> conditions, Snapshot now, Snapshot? before = null)
    {
        ArgumentNullException.ThrowIfNull(conditions);
        foreach (var condition in conditions)
        {
            if (condition is Condition.Comparison comparison && Compare(comparison, now, before) == Truth.True)
            {
                yield return Explain(comparison, now, before);
            }
            else if (condition is Condition.Any any)
            {
                foreach (var line in any.Alternatives.Where(a => All(a, now, before) == Truth.True).SelectMany(a => Evidence(a, now, before)))
                {
                    yield return line;
                }
            }
        }
    }

    private static string Explain(Condition.Comparison comparison, Snapshot now, Snapshot? before)
    {
        var seen = Value(comparison.Left, now, before);
        var bound = comparison.Right.Observation is { } other ? $"{other} = {Value(other, now, before)}" : comparison.Right.Written;
        return comparison.Operator == ComparisonOperator.Equal && comparison.Right.Literal is not null
            ? $"{comparison.Left} = {seen}"
            : $"{comparison.Left} = {seen} ({comparison.Operator.Symbol()} {bound})";
    }

    private static Truth AnyOf(Condition.Any any, Snapshot now, Snapshot? before)
    {
        var result = Truth.False;
        foreach (var alternative in any.Alternatives)
        {
            switch (All(alternative, now, before))
            {
                case Truth.True: return Truth.True;
                case Truth.Unknown: result = Truth.Unknown; break;
            }
        }

        return result;
    }

    private static Truth Compare(Condition.Comparison comparison, Snapshot now, Snapshot? before)
    {
        var left = Value(comparison.Left, now, before);
        var right = comparison.Right.Literal ?? Value(comparison.Right.Observation!, now, before);
        if (left.IsUnknown || right.IsUnknown)
        {
            return Truth.Unknown;
        }

        var isText = left.Kind == ObservedKind.Text || right.Kind == ObservedKind.Text;
        if (isText && (left.Kind != right.Kind || comparison.Operator is not (ComparisonOperator.Equal or ComparisonOperator.NotEqual)))
        {
            // A text where a number was expected tells nothing; it must not read as "smaller".
            return Truth.Unknown;
        }

        var order = isText ? string.CompareOrdinal(left.Text, right.Text) : left.Number.CompareTo(right.Number);
        return comparison.Operator switch
        {
            ComparisonOperator.Equal => Of(order == 0),
            ComparisonOperator.NotEqual => Of(order != 0),
            ComparisonOperator.Less => Of(order < 0),
            ComparisonOperator.LessOrEqual => Of(order <= 0),
            ComparisonOperator.Greater => Of(order > 0),
            _ => Of(order >= 0),
        };
    }

    private static ObservedValue Value(string name, Snapshot now, Snapshot? before)
        => name.StartsWith(BeforePrefix, StringComparison.Ordinal)
            ? before?[name[BeforePrefix.Length..]] ?? ObservedValue.Unknown("there is no earlier snapshot")
            : now[name];

    private static Truth Of(bool holds) => holds ? Truth.True : Truth.False;
}

using System.Text;

namespace FieldMedic.Packs.Yaml.Reading;

/// <summary>
/// Variables are expanded in scalars after parsing, so a value can never add structure to the pack. What a variable holds is
/// not expanded again.
/// </summary>
internal static class VariableExpansion
{
    public static string? Expand(string text, IReadOnlyDictionary<string, string> variables, out string? code, out string? message)
    {
        code = null;
        message = null;
        if (!text.Contains("${", StringComparison.Ordinal))
        {
            return text;
        }

        var result = new StringBuilder(text.Length);
        var rest = text.AsSpan();
        while (rest.IndexOf("${", StringComparison.Ordinal) is var start && start >= 0)
        {
            if (start > 0 && rest[start - 1] == '$')
            {
                result.Append(rest[..(start - 1)]).Append("${");
                rest = rest[(start + 2)..];
                continue;
            }

            result.Append(rest[..start]);
            rest = rest[(start + 2)..];
            var end = rest.IndexOf('}');
            if (end < 0)
            {
                code = PackCodes.BadVariable;
                message = "'${' without '}'. Variables are written ${NAME} or ${NAME:-default}.";
                return null;
            }

            var inside = rest[..end].ToString();
            rest = rest[(end + 1)..];
            var split = inside.IndexOf(":-", StringComparison.Ordinal);
            var name = split < 0 ? inside : inside[..split];
            if (!IsName(name))
            {
                code = PackCodes.BadVariable;
                message = $"'${{{inside}}}' is not a variable. Variables are written ${{NAME}} or ${{NAME:-default}}, the name of letters, digits and '_'.";
                return null;
            }

            // As in a shell: ':-' also replaces a variable that is set but empty.
            var value = variables.GetValueOrDefault(name);
            if (split >= 0 ? string.IsNullOrEmpty(value) : value is null)
            {
                value = split >= 0 ? inside[(split + 2)..] : null;
            }

            if (value is null)
            {
                code = PackCodes.UndefinedVariable;
                message = $"The variable {name} is not set and has no default; set it, or write ${{{name}:-default}}{(Suggestion.For(name, variables.Keys) is { Length: > 0 } near ? near : ".")}";
                return null;
            }

            result.Append(value);
        }

        return result.Append(rest).ToString();
    }

    private static bool IsName(string name)
        => name.Length > 0 && !char.IsAsciiDigit(name[0]) && name.All(c => char.IsAsciiLetterOrDigit(c) || c == '_');
}

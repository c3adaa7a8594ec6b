using FieldMedic.Packs.Yaml.Nodes;

namespace FieldMedic.Packs.Yaml.Reading;

/// <summary>One reading of one pack: collects every mistake and expands variables.</summary>
internal sealed class PackReading(string file, IReadOnlyDictionary<string, string> variables)
{
    private readonly List<PackProblem> _problems = [];
    private readonly HashSet<(string Code, int Line, int Column)> _seen = [];

    public IReadOnlyList<PackProblem> Problems => [.. _problems.OrderBy(p => p.Line).ThenBy(p => p.Column).ThenBy(p => p.Code, StringComparer.Ordinal)];

    public bool HasErrors => _problems.Exists(p => p.Severity == PackSeverity.Error);

    public void FileError(string code, string message) => Error(code, 0, 0, message);

    public void Error(string code, Node at, string message) => Error(code, at.Line, at.Column, message);

    public void Error(string code, int line, int column, string message) => Add(code, line, column, message, PackSeverity.Error);

    public void Warning(string code, Node at, string message) => Add(code, at.Line, at.Column, message, PackSeverity.Warning);

    /// <summary>The expanded text of a scalar; null (and reported) when it is none.</summary>
    public string? Text(Node node, string what)
    {
        if (node is not ScalarNode scalar)
        {
            Error(PackCodes.WrongShape, node, $"{what} must be a text, this is {node.Shape}.");
            return null;
        }

        return Expand(scalar);
    }

    /// <summary>Replaces <c>${NAME}</c> and <c>${NAME:-default}</c>; <c>$${</c> stands for a literal <c>${</c>.</summary>
    public string? Expand(ScalarNode scalar)
    {
        var expanded = VariableExpansion.Expand(scalar.Value, variables, out var code, out var message);
        if (expanded is null)
        {
            Error(code!, scalar, message!);
        }

        return expanded;
    }

    // A template is read once for each service: the same place with the same code is one mistake.
    private void Add(string code, int line, int column, string message, PackSeverity severity)
    {
        if (_seen.Add((code, line, column)))
        {
            _problems.Add(new PackProblem(code, file, line, column, message, severity));
        }
    }
}

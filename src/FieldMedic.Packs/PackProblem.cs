namespace FieldMedic.Packs.Yaml;

/// <summary>One mistake in a pack.</summary>
/// <param name="Code">Stable code, <c>FM1001</c> and up; see <c>docs/codes.md</c>.</param>
/// <param name="File">The file as it was given.</param>
/// <param name="Line">1-based; 0 when the file as a whole is meant.</param>
/// <param name="Column">1-based; 0 when the file as a whole is meant.</param>
/// <param name="Message">What is wrong and what was expected, for people.</param>
public sealed record PackProblem(string Code, string File, int Line, int Column, string Message, PackSeverity Severity)
{
    /// <summary><c>file:line:column: error FM1012: message</c>, the form editors and terminals make clickable.</summary>
    public override string ToString()
    {
        var place = Line == 0 ? File : $"{File}:{Line}:{Column}";
        return $"{place}: {(Severity == PackSeverity.Error ? "error" : "warning")} {Code}: {Message}";
    }
}

namespace FieldMedic.GitHub.Mcp;

/// <summary>A tool of the server with the arguments that never change.</summary>
internal sealed record McpTool(string Name, IReadOnlyDictionary<string, string> Fixed)
{
    /// <summary><c>name</c>, or <c>name key=value key=value</c>.</summary>
    public static McpTool Of(string text)
    {
        var words = text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return new McpTool(words.FirstOrDefault() ?? "", words.Skip(1).Select(w => w.Split('=', 2)).ToDictionary(p => p[0], p => p.ElementAtOrDefault(1) ?? "", StringComparer.Ordinal));
    }
}

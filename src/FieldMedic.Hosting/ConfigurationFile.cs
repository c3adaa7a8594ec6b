using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace FieldMedic.Hosting;

/// <summary><c>fieldmedic.yaml</c>: a flat map and one map of variables. Relative paths are relative to the file.</summary>
internal sealed record ConfigurationFile(string Path, Dictionary<string, string> Values, Dictionary<string, string> Variables)
{
    public const string Name = "fieldmedic.yaml";
    private static readonly string[] Keys =
    [
        "pack", "store", "repository", "api_url", "docker", "login", "listen", "metrics", "poll", "retention", "cluster", "cluster_listen", "app_id", "app_private_key_file", "app_installation", "write_spacing",
        "tracker", "mcp_command", "mcp_get_issue", "mcp_add_comment", "mcp_update_issue", "mcp_token_variable",
        "dashboard", "dashboard_sign_in", "dashboard_url", "dashboard_client_id", "dashboard_authority", "dashboard_admins", "dashboard_operators", "dashboard_viewers",
    ];

    /// <summary>The nearest file, upward from a folder.</summary>
    public static string? Find(string folder)
    {
        for (var at = new DirectoryInfo(folder); at is not null; at = at.Parent)
        {
            var candidate = System.IO.Path.Combine(at.FullName, Name);
            if (File.Exists(candidate))
            {
                return candidate;
            }
        }

        return null;
    }

    /// <exception cref="ConfigurationException">Every mistake with its place.</exception>
    public static ConfigurationFile Read(string path)
    {
        var file = new ConfigurationFile(path, new Dictionary<string, string>(StringComparer.Ordinal), new Dictionary<string, string>(StringComparer.Ordinal));
        var problems = new List<string>();
        using var text = new StringReader(Text(path));
        var parser = new Parser(text);
        try
        {
            file.ReadDocument(parser, problems);
        }
        catch (YamlException e)
        {
            throw new ConfigurationException($"{path}:{e.Start.Line}:{e.Start.Column}: not valid YAML: {e.InnerException?.Message ?? e.Message}", e);
        }
        catch (Exception e) when (e is EndOfStreamException or InvalidOperationException or ArgumentException or FormatException or OverflowException or IndexOutOfRangeException)
        {
            // The parser's own slips on text that is no YAML.
            throw new ConfigurationException($"{path}:{parser.Current?.End.Line ?? 1}:{parser.Current?.End.Column ?? 1}: not valid YAML: it breaks off after this place.", e);
        }

        return problems.Count == 0 ? file : throw new ConfigurationException(string.Join('\n', problems));
    }

    private static string Text(string path)
    {
        try
        {
            return File.ReadAllText(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ConfigurationException($"{path} cannot be read: {e.Message}", e);
        }
    }

    /// <summary>Event by event and never deeper than two levels, so no text can exhaust the stack.</summary>
    private void ReadDocument(Parser parser, List<string> problems)
    {
        parser.Consume<StreamStart>();
        if (parser.Accept<StreamEnd>(out _))
        {
            return;
        }

        parser.Consume<DocumentStart>();
        if (parser.Accept<Scalar>(out var empty) && empty.Value.Length == 0)
        {
            return;
        }

        if (!parser.TryConsume<MappingStart>(out _))
        {
            problems.Add($"{Path}:1:1: expected 'key: value' lines (known: {string.Join(", ", Keys)}, variables).");
            return;
        }

        while (!parser.TryConsume<MappingEnd>(out _))
        {
            var (key, name) = ReadName(parser);
            if (name == "variables" && parser.TryConsume<MappingStart>(out _))
            {
                while (!parser.TryConsume<MappingEnd>(out _))
                {
                    Take(parser, ReadName(parser).Name, Variables, problems);
                }
            }
            else if (Keys.Contains(name, StringComparer.Ordinal))
            {
                Take(parser, name, Values, problems);
            }
            else
            {
                problems.Add($"{Path}:{key.Start.Line}:{key.Start.Column}: '{name}' is not a setting (known: {string.Join(", ", Keys)}, variables).");
                parser.SkipThisAndNestedEvents();
            }
        }

        parser.Consume<DocumentEnd>();
        if (parser.Accept<DocumentStart>(out var second))
        {
            problems.Add($"{Path}:{second.Start.Line}:{second.Start.Column}: a second document starts here; a configuration is one.");
        }
    }

    /// <summary>Empty for what is no name.</summary>
    private static (ParsingEvent Key, string Name) ReadName(Parser parser)
    {
        var key = parser.Current!;
        if (parser.TryConsume<Scalar>(out var name))
        {
            return (key, name.Value);
        }

        parser.SkipThisAndNestedEvents();
        return (key, "");
    }

    private void Take(Parser parser, string name, Dictionary<string, string> into, List<string> problems)
    {
        var value = parser.Current!;
        if (!parser.TryConsume<Scalar>(out var text))
        {
            problems.Add($"{Path}:{value.Start.Line}:{value.Start.Column}: '{name}' must be a text.");
            parser.SkipThisAndNestedEvents();
        }
        else if (!into.TryAdd(name, text.Value))
        {
            problems.Add($"{Path}:{value.Start.Line}:{value.Start.Column}: '{name}' is here for the second time.");
        }
    }
}

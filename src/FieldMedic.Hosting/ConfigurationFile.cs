using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace FieldMedic.Hosting;

/// <summary><c>fieldmedic.yaml</c>: a flat map and one map of variables. Relative paths are relative to the file.</summary>
internal sealed record ConfigurationFile(string Path, IReadOnlyDictionary<string, string> Values, IReadOnlyDictionary<string, string> Variables)
{
    public const string Name = "fieldmedic.yaml";
    private static readonly string[] Keys =
    [
        "pack", "store", "repository", "api_url", "docker", "login", "listen", "metrics", "poll", "app_id", "app_private_key_file", "app_installation", "write_spacing",
        "tracker", "mcp_command", "mcp_get_issue", "mcp_add_comment", "mcp_update_issue", "mcp_token_variable",
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

    public static ConfigurationFile Read(string path)
    {
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        var variables = new Dictionary<string, string>(StringComparer.Ordinal);
        var problems = new List<string>();
        foreach (var (key, value) in Root(path))
        {
            var name = ((YamlScalarNode)key).Value ?? "";
            if (name == "variables" && value is YamlMappingNode map)
            {
                foreach (var (variable, content) in map.Children)
                {
                    Take((variable as YamlScalarNode)?.Value ?? "", content, variables);
                }
            }
            else if (Keys.Contains(name, StringComparer.Ordinal))
            {
                Take(name, value, values);
            }
            else
            {
                problems.Add($"{path}:{key.Start.Line}:{key.Start.Column}: '{name}' is not a setting (known: {string.Join(", ", Keys)}, variables).");
            }
        }

        return problems.Count == 0 ? new ConfigurationFile(path, values, variables) : throw new ConfigurationException(string.Join('\n', problems));

        void Take(string name, YamlNode node, Dictionary<string, string> into)
        {
            if (node is YamlScalarNode { Value: { } text })
            {
                into[name] = text;
            }
            else
            {
                problems.Add($"{path}:{node.Start.Line}:{node.Start.Column}: '{name}' must be a text.");
            }
        }
    }

    private static IEnumerable<KeyValuePair<YamlNode, YamlNode>> Root(string path)
    {
        try
        {
            var stream = new YamlStream();
            using var reader = File.OpenText(path);
            stream.Load(reader);
            return stream.Documents switch
            {
                [] => [],
                [{ RootNode: YamlMappingNode root }] => root.Children,
                _ => throw new ConfigurationException($"{path}:1:1: expected 'key: value' lines (known: {string.Join(", ", Keys)}, variables)."),
            };
        }
        catch (YamlException e)
        {
            throw new ConfigurationException($"{path}:{e.Start.Line}:{e.Start.Column}: not valid YAML: {e.InnerException?.Message ?? e.Message}", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ConfigurationException($"{path} cannot be read: {e.Message}", e);
        }
    }
}

using FieldMedic.Mcp.Tests.Harness;
using YamlDotNet.RepresentationModel;

namespace FieldMedic.Mcp.Tests.Actions;

/// <summary>The <c>action.yml</c> of the repository.</summary>
internal sealed class ActionFile
{
    private readonly YamlMappingNode _root;

    private ActionFile(YamlMappingNode root) => _root = root;

    public static string Folder { get; } = Path.GetFullPath(Path.Combine(NodeFolder.Path, "..", "..", ".."));

    public IReadOnlyDictionary<string, string> Defaults => Map(_root["inputs"]).ToDictionary(i => i.Key, i => Text(i.Value, "default") ?? "");

    public IReadOnlyDictionary<string, string> Outputs => Map(_root["outputs"]).ToDictionary(o => o.Key, o => Text(o.Value, "value")!);

    public IReadOnlyList<ActionStep> Steps => [.. ((YamlSequenceNode)_root["runs"]["steps"]).Select(Step)];

    public static ActionFile Read() => new(Load("action.yml"));

    public static YamlMappingNode Load(string name)
    {
        var stream = new YamlStream();
        using var reader = File.OpenText(Path.Combine(Folder, name));
        stream.Load(reader);
        return (YamlMappingNode)stream.Documents[0].RootNode;
    }

    /// <summary>Every script in a file, wherever it stands.</summary>
    public static IEnumerable<string> Scripts(YamlNode node) => node switch
    {
        YamlMappingNode map => map.Children.SelectMany(c => c.Key is YamlScalarNode { Value: "run" } && c.Value is YamlScalarNode script ? [script.Value ?? ""] : Scripts(c.Value)),
        YamlSequenceNode list => list.SelectMany(Scripts),
        _ => [],
    };

    private static ActionStep Step(YamlNode step) => new(
        Text(step, "id"),
        Text(step, "if"),
        Text(step, "run"),
        ((YamlMappingNode)step).Children.TryGetValue("env", out var env) ? Map(env).ToDictionary(e => e.Key, e => ((YamlScalarNode)e.Value).Value ?? "") : new Dictionary<string, string>());

    private static IEnumerable<KeyValuePair<string, YamlNode>> Map(YamlNode node) => ((YamlMappingNode)node).Children.Select(c => KeyValuePair.Create(((YamlScalarNode)c.Key).Value!, c.Value));

    private static string? Text(YamlNode node, string key) => ((YamlMappingNode)node).Children.TryGetValue(key, out var value) ? ((YamlScalarNode)value).Value : null;
}

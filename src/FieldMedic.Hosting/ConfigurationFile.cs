using System.Text.RegularExpressions;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace FieldMedic.Hosting;

/// <summary>
/// <c>fieldmedic.yaml</c>: a flat map, one map of variables, and where there are several systems under care a map of them. Relative paths
/// are relative to the file.
/// </summary>
internal sealed partial record ConfigurationFile(string Path, Dictionary<string, string> Values, Dictionary<string, string> Variables, List<ConfigurationFile.OneSystem> Systems)
{
    public const string Name = "fieldmedic.yaml";
    private static readonly string[] KeysOfSystem = ["pack", "repository", "docker"];
    private static readonly string[] Maps = ["variables", "systems"];
    private static readonly string[] Keys = [.. SettingDefinition.All.Select(s => s.Key).OfType<string>().Except(Maps)];

    /// <summary>What the file says of one of several systems.</summary>
    internal sealed record OneSystem(string Name, Dictionary<string, string> Values, Dictionary<string, string> Variables);

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
        var file = new ConfigurationFile(path, NewMap(), NewMap(), []);
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

    private static Dictionary<string, string> NewMap() => new(StringComparer.Ordinal);

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

    /// <summary>Event by event and never deeper than four levels, so no text can exhaust the stack.</summary>
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
            problems.Add($"{Path}:1:1: expected 'key: value' lines (known: {string.Join(", ", Keys)}, variables, systems).");
            return;
        }

        ReadMap(parser, Keys, Values, Variables, problems, areSystemsKnown: true);
        parser.Consume<DocumentEnd>();
        if (parser.Accept<DocumentStart>(out var second))
        {
            problems.Add($"{Path}:{second.Start.Line}:{second.Start.Column}: a second document starts here; a configuration is one.");
        }
    }

    /// <summary>What follows the beginning of a map, to its end.</summary>
    private void ReadMap(Parser parser, string[] keys, Dictionary<string, string> values, Dictionary<string, string> variables, List<string> problems, bool areSystemsKnown)
    {
        while (!parser.TryConsume<MappingEnd>(out _))
        {
            var (key, name) = ReadName(parser);
            if (name == "variables" && parser.TryConsume<MappingStart>(out _))
            {
                while (!parser.TryConsume<MappingEnd>(out _))
                {
                    Take(parser, ReadName(parser).Name, variables, problems);
                }
            }
            else if (areSystemsKnown && name == "systems" && parser.TryConsume<MappingStart>(out _))
            {
                ReadSystems(parser, problems);
            }
            else if (keys.Contains(name, StringComparer.Ordinal))
            {
                Take(parser, name, values, problems);
            }
            else
            {
                problems.Add($"{Path}:{key.Start.Line}:{key.Start.Column}: '{name}' is not a setting {(areSystemsKnown ? "" : "of a system ")}(known: {string.Join(", ", keys)}, variables{(areSystemsKnown ? ", systems" : "")}).");
                parser.SkipThisAndNestedEvents();
            }
        }
    }

    private void ReadSystems(Parser parser, List<string> problems)
    {
        while (!parser.TryConsume<MappingEnd>(out _))
        {
            var (key, name) = ReadName(parser);
            var system = new OneSystem(name, NewMap(), NewMap());
            var problem = !SystemName().IsMatch(name) ? $"'{name}' is no name of a system: small letters, digits, - and _, at most 64."
                : Systems.Exists(s => s.Name == name) ? $"the system '{name}' is here for the second time."
                : !parser.Accept<MappingStart>(out _) ? $"the system '{name}' needs at least 'pack: …' (known: {string.Join(", ", KeysOfSystem)}, variables)."
                : null;
            if (problem is not null)
            {
                problems.Add($"{Path}:{key.Start.Line}:{key.Start.Column}: {problem}");
                parser.SkipThisAndNestedEvents();
                continue;
            }

            parser.Consume<MappingStart>();
            ReadMap(parser, KeysOfSystem, system.Values, system.Variables, problems, areSystemsKnown: false);
            if (string.IsNullOrWhiteSpace(system.Values.GetValueOrDefault("pack")))
            {
                problems.Add($"{Path}:{key.Start.Line}:{key.Start.Column}: the system '{name}' has no 'pack'.");
            }

            Systems.Add(system);
        }
    }

    [GeneratedRegex(@"\A[a-z0-9][a-z0-9_\-]{0,63}\z")]
    private static partial Regex SystemName();

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

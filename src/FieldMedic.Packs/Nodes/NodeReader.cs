using FieldMedic.Packs.Yaml.Reading;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace FieldMedic.Packs.Yaml.Nodes;

/// <summary>
/// Builds the tree from parser events. Anchors, aliases and tags are refused, so a small file can not unfold into a big one
/// and no text can choose a type; the depth is capped, so no text can exhaust the stack.
/// </summary>
internal sealed class NodeReader(PackReading reading)
{
    private const int DepthLimit = 32;

    /// <summary>The one document's root; null when there is none or it can not be read.</summary>
    public Node? Read(string text)
    {
        using var input = new StringReader(text);
        var parser = new Parser(input);
        try
        {
            parser.Consume<StreamStart>();
            if (parser.Accept<StreamEnd>(out _))
            {
                reading.FileError(PackCodes.Empty, "The file is empty. A pack begins with 'system: NAME'.");
                return null;
            }

            parser.Consume<DocumentStart>();
            var root = ReadNode(parser, 0);
            parser.Consume<DocumentEnd>();
            if (parser.Current is DocumentStart second)
            {
                reading.Error(PackCodes.SecondDocument, Line(second), Column(second), "A second YAML document starts here ('---'); a pack is one document.");
            }

            if (root.IsEmpty)
            {
                reading.FileError(PackCodes.Empty, "The file holds no keys. A pack begins with 'system: NAME'.");
                return null;
            }

            return root;
        }
        catch (TooDeepException deep)
        {
            reading.Error(PackCodes.TooDeep, deep.Line, deep.Column, $"Nested deeper than {DepthLimit} levels.");
            return null;
        }
        catch (YamlException broken)
        {
            var tab = broken.Message.Contains("tab", StringComparison.OrdinalIgnoreCase) ? TabIndent(text) : null;
            var (line, column) = tab ?? ((int)broken.Start.Line, (int)broken.Start.Column);
            reading.Error(PackCodes.Syntax, line, column, SyntaxMessage(broken.Message));
            return null;
        }
        catch (Exception broken) when (broken is EndOfStreamException or InvalidOperationException or ArgumentException or FormatException or OverflowException or IndexOutOfRangeException)
        {
            // The parser's own slips on text that is no YAML, e.g. a plain scalar that breaks off inside a flow.
            reading.Error(PackCodes.Syntax, (int)(parser.Current?.End.Line ?? 1), (int)(parser.Current?.End.Column ?? 1), SyntaxMessage("the text breaks off after this place"));
            return null;
        }
    }

    private static string SyntaxMessage(string message)
        => $"Not valid YAML: {message.TrimEnd('.')}. Indent with spaces; inside {{ }} and [ ] put values with ${{VARIABLE}}, ':' or ',' in quotes.";

    /// <summary>The first line that is indented with a tab; the parser only knows the block it is in.</summary>
    private static (int Line, int Column)? TabIndent(string text)
    {
        var line = 0;
        foreach (var content in text.AsSpan().EnumerateLines())
        {
            line++;
            var tab = content.IndexOf('\t');
            if (tab >= 0 && content[..tab].Trim(' ').IsEmpty)
            {
                return (line, tab + 1);
            }
        }

        return null;
    }

    private Node ReadNode(Parser parser, int depth)
    {
        switch (parser.Current)
        {
            case AnchorAlias alias:
                reading.Error(PackCodes.AnchorOrTag, Line(alias), Column(alias), $"Aliases (*{alias.Value}) are not allowed in packs; write the value out.");
                parser.MoveNext();
                return new ScalarNode("", true, Line(alias), Column(alias));
            case Scalar scalar:
                Refuse(scalar);
                parser.MoveNext();
                return new ScalarNode(scalar.Value, scalar.Style == ScalarStyle.Plain, Line(scalar), Column(scalar));
            case SequenceStart sequence:
                Refuse(sequence);
                return ReadList(parser, sequence, Deeper(sequence, depth));
            case MappingStart mapping:
                Refuse(mapping);
                return ReadMap(parser, mapping, Deeper(mapping, depth));
            case var other:
                throw new YamlException(other?.Start ?? Mark.Empty, other?.End ?? Mark.Empty, "A value was expected here");
        }
    }

    private ListNode ReadList(Parser parser, SequenceStart start, int depth)
    {
        parser.MoveNext();
        var items = new List<Node>();
        while (parser.Current is not SequenceEnd)
        {
            items.Add(ReadNode(parser, depth));
        }

        parser.MoveNext();
        return new ListNode(items, Line(start), Column(start));
    }

    private MapNode ReadMap(Parser parser, MappingStart start, int depth)
    {
        parser.MoveNext();
        var entries = new List<KeyValuePair<ScalarNode, Node>>();
        var lines = new Dictionary<string, int>(StringComparer.Ordinal);
        while (parser.Current is not MappingEnd)
        {
            var key = ReadNode(parser, depth);
            var value = ReadNode(parser, depth);
            if (key is not ScalarNode name)
            {
                reading.Error(PackCodes.KeyNotText, key, $"A key must be a plain text, this is {key.Shape}.");
            }
            else if (!lines.TryAdd(name.Value, name.Line))
            {
                reading.Error(PackCodes.DuplicateKey, name, $"'{name.Value}' is here for the second time (first on line {lines[name.Value]}).");
            }
            else
            {
                entries.Add(new(name, value));
            }
        }

        parser.MoveNext();
        return new MapNode(entries, Line(start), Column(start));
    }

    private void Refuse(NodeEvent node)
    {
        if (!node.Anchor.IsEmpty)
        {
            reading.Error(PackCodes.AnchorOrTag, Line(node), Column(node), $"Anchors (&{node.Anchor.Value}) are not allowed in packs; write the value out.");
        }

        if (!node.Tag.IsEmpty && !node.Tag.IsNonSpecific)
        {
            reading.Error(PackCodes.AnchorOrTag, Line(node), Column(node), $"Tags ({node.Tag.Value}) are not allowed in packs.");
        }
    }

    private static int Deeper(NodeEvent node, int depth)
        => depth < DepthLimit ? depth + 1 : throw new TooDeepException(Line(node), Column(node));

    private static int Line(ParsingEvent parsed) => (int)parsed.Start.Line;

    private static int Column(ParsingEvent parsed) => (int)parsed.Start.Column;
}

using FieldMedic.Packs.Yaml.Nodes;

namespace FieldMedic.Packs.Yaml.Reading;

/// <summary>Scalars, lists and maps to typed values. Null means wrong and already reported.</summary>
internal static class Values
{
    public static object? Convert(Type type, Node node, PackReading reading, string what)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        if (TypeShape.ElementOfMap(type) is { } mapped)
        {
            return ConvertMap(mapped, node, reading, what);
        }

        if (TypeShape.ElementOfList(type) is { } element)
        {
            return ConvertList(element, node, reading, what);
        }

        if (TypeShape.IsSettings(type))
        {
            return Fields.Of(node, reading, what) is { } fields ? SettingsBinder.Bind(type, fields, reading, out _) : null;
        }

        return reading.Text(node, what) is not { } text
            ? null
            : ScalarValues.Convert(type, text, node, reading, what);
    }

    /// <summary>A list of texts; one text is a list of one. Each element keeps its place.</summary>
    public static IReadOnlyList<(string Text, ScalarNode Node)> Texts(Node node, PackReading reading, string what)
    {
        IReadOnlyList<Node> items = node is ListNode list ? list.Items : [node];
        var texts = new List<(string, ScalarNode)>();
        foreach (var item in items)
        {
            if (item.IsEmpty)
            {
                reading.Error(PackCodes.WrongShape, item, $"An element of {what} is empty.");
            }
            else if (reading.Text(item, node is ListNode ? $"An element of {what}" : what) is { } text)
            {
                texts.Add((text, (ScalarNode)item));
            }
        }

        return texts;
    }

    private static Array? ConvertList(Type element, Node node, PackReading reading, string what)
    {
        if (node is not ListNode list)
        {
            reading.Error(PackCodes.WrongShape, node, $"{what} must be a list, e.g. [a, b]; this is {node.Shape}.");
            return null;
        }

        var values = list.Items.Select(i => Convert(element, i, reading, $"an element of {what}")).ToArray();
        if (Array.Exists(values, v => v is null))
        {
            return null;
        }

        var typed = Array.CreateInstance(element, values.Length);
        values.CopyTo(typed, 0);
        return typed;
    }

    private static object? ConvertMap(Type element, Node node, PackReading reading, string what)
    {
        if (node is not MapNode map)
        {
            reading.Error(PackCodes.WrongShape, node, $"{what} must be a map of names, this is {node.Shape}.");
            return null;
        }

        var typed = (System.Collections.IDictionary)Activator.CreateInstance(typeof(Dictionary<,>).MakeGenericType(typeof(string), element))!;
        var whole = true;
        foreach (var (key, value) in map.Entries)
        {
            var converted = value.IsEmpty && element == typeof(string) ? "" : Convert(element, value, reading, $"'{key.Value}'");
            whole &= converted is not null;
            typed[key.Value] = converted;
        }

        return whole ? typed : null;
    }
}

using FieldMedic.Packs.Yaml.Nodes;

namespace FieldMedic.Packs.Yaml.Reading;

/// <summary>Binds a map to a settings type: one key in snake_case for each settable property.</summary>
internal static class SettingsBinder
{
    /// <param name="complete">False when something was reported; the instance is then good enough for nothing but further checks.</param>
    public static object Bind(Type type, Fields fields, PackReading reading, out bool complete)
    {
        var instance = Activator.CreateInstance(type)!;
        complete = true;
        foreach (var property in TypeShape.Keys(type))
        {
            var key = TypeShape.Key(property);
            var node = TypeShape.IsRequired(property) ? fields.Require(key) : fields.Take(key);
            if (node is null)
            {
                complete &= !TypeShape.IsRequired(property);
            }
            else if (Values.Convert(property.PropertyType, node, reading, $"'{key}'") is { } value)
            {
                complete &= InRange(value, node, reading, key);
                property.SetValue(instance, value);
            }
            else
            {
                complete = false;
            }
        }

        complete &= !fields.Left.Any();
        fields.Close();
        return instance;
    }

    // No setting of ours has a meaning below zero; a stray minus is a typo that would switch a limit off.
    private static bool InRange(object value, Node node, PackReading reading, string key)
    {
        if (value is not (int and < 0 or long and < 0 or double and < 0))
        {
            return true;
        }

        reading.Error(PackCodes.OutOfRange, node, $"'{key}' must not be below zero.");
        return false;
    }
}

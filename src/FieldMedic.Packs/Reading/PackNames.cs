using System.Text.RegularExpressions;
using FieldMedic.Packs.Yaml.Nodes;

namespace FieldMedic.Packs.Yaml.Reading;

/// <summary>What names may look like. They end up in locks, labels and observation names, so the alphabet is small.</summary>
internal static partial class PackNames
{
    public static bool Check(ScalarNode name, PackReading reading, string what) => Check(name.Value, name, reading, what);

    public static bool Check(string name, Node at, PackReading reading, string what)
    {
        if (Name().IsMatch(name))
        {
            return true;
        }

        reading.Error(PackCodes.BadName, at, $"'{name}' is not a name for {what}: lower-case letters, digits, '_' and '-', beginning with a letter, at most 64.");
        return false;
    }

    public static bool IsLogin(string login) => Login().IsMatch(login);

    [GeneratedRegex("^[a-z][a-z0-9_-]{0,63}$")]
    private static partial Regex Name();

    [GeneratedRegex("^[A-Za-z0-9](-?[A-Za-z0-9]){0,38}(/[A-Za-z0-9_.-]{1,80})?$")]
    private static partial Regex Login();
}

namespace FieldMedic.Packs.Yaml.Reading;

internal static class ContactsReader
{
    /// <summary>Role → logins. A text may hold several, separated by commas, so that one variable can name them; empty is nobody.</summary>
    public static IReadOnlyDictionary<string, IReadOnlyList<string>> Read(Fields pack, PackReading reading)
    {
        var contacts = new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal);
        foreach (var (role, node) in pack.Entries("contacts"))
        {
            if (!PackNames.Check(role, reading, "a contact role"))
            {
                continue;
            }

            var logins = new List<string>();
            foreach (var (text, at) in node.IsEmpty ? [] : Values.Texts(node, reading, $"Contact '{role.Value}'"))
            {
                foreach (var login in text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(l => l.TrimStart('@')))
                {
                    if (!PackNames.IsLogin(login))
                    {
                        reading.Error(PackCodes.BadLogin, at, $"'{login}' is not a GitHub login or team (org/team).");
                    }
                    else if (!logins.Contains(login, StringComparer.OrdinalIgnoreCase))
                    {
                        logins.Add(login);
                    }
                }
            }

            contacts[role.Value] = logins;
        }

        return contacts;
    }
}

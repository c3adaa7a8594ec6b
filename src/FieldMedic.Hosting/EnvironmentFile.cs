namespace FieldMedic.Hosting;

/// <summary>A <c>.env</c> file: <c>NAME=value</c> lines, <c>#</c> comments, optional quotes and <c>export</c>. It never overrides the real environment.</summary>
internal static class EnvironmentFile
{
    public static IReadOnlyDictionary<string, string> Read(string path)
    {
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        if (!File.Exists(path))
        {
            return values;
        }

        var number = 0;
        foreach (var line in File.ReadLines(path))
        {
            number++;
            var text = line.Trim();
            if (text.Length == 0 || text.StartsWith('#'))
            {
                continue;
            }

            text = text.StartsWith("export ", StringComparison.Ordinal) ? text[7..].TrimStart() : text;
            var equals = text.IndexOf('=', StringComparison.Ordinal);
            if (equals <= 0)
            {
                // The line is not shown: it may be a secret that lost its name.
                throw new ConfigurationException($"{path}:{number}:1: expected NAME=value.");
            }

            values[text[..equals].Trim()] = Unquote(text[(equals + 1)..].Trim());
        }

        return values;
    }

    private static string Unquote(string value) => value.Length >= 2 && value[0] == value[^1] && (value[0] is '"' or '\'')
        ? value[1..^1]
        : value;
}

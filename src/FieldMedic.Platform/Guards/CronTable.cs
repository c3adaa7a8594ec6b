namespace FieldMedic.Platform.Guards;

/// <summary>Reads crontabs: five fields or a nickname, a user in the system's own tables, a command.</summary>
internal static class CronTable
{
    public static IEnumerable<CronJob> Read(string file, IEnumerable<string> lines)
    {
        var hasUser = !file.Contains("/spool/", StringComparison.Ordinal);
        var name = Path.GetFileName(file);
        foreach (var line in lines.Select(l => l.Trim()).Where(l => l.Length > 0 && !l.StartsWith('#')))
        {
            var isNickname = line.StartsWith('@');
            var words = line.Split((char[]?)null, (isNickname ? 2 : 6) + (hasUser ? 1 : 0), StringSplitOptions.RemoveEmptyEntries);
            var fields = isNickname ? 1 : 5;
            var command = fields + (hasUser ? 1 : 0);
            if (words.Length > command && (isNickname || words.Take(fields).All(IsField)))
            {
                yield return new CronJob(file, name, string.Join(' ', words.Take(fields)), words[command]);
            }
        }
    }

    private static bool IsField(string word) => word.All(c => char.IsAsciiLetterOrDigit(c) || c is '*' or '/' or ',' or '-');
}

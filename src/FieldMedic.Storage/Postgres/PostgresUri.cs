using System.Data.Common;

namespace FieldMedic.Storage.Postgres;

/// <summary>Addresses as libpq knows them: <c>postgres://user@host:port/database?sslmode=require</c>.</summary>
internal static class PostgresUri
{
    private static readonly Dictionary<string, string> Keys = new(StringComparer.Ordinal)
    {
        ["host"] = "Host",
        ["port"] = "Port",
        ["user"] = "Username",
        ["password"] = "Password",
        ["passfile"] = "Passfile",
        ["sslmode"] = "SSL Mode",
        ["sslrootcert"] = "Root Certificate",
        ["sslcert"] = "SSL Certificate",
        ["sslkey"] = "SSL Key",
        ["connect_timeout"] = "Timeout",
        ["application_name"] = "Application Name",
        ["target_session_attrs"] = "Target Session Attributes",
        ["search_path"] = "Search Path",
        ["options"] = "Options",
    };

    public static bool IsOne(string text) => text.StartsWith("postgres://", StringComparison.OrdinalIgnoreCase) || text.StartsWith("postgresql://", StringComparison.OrdinalIgnoreCase);

    /// <exception cref="FormatException">It cannot be read; the message repeats nothing of it.</exception>
    public static string ToConnectionString(string text)
    {
        var rest = text[(text.IndexOf("://", StringComparison.Ordinal) + 3)..];
        var (before, query) = Cut(rest, '?');
        var (authority, database) = Cut(before, '/');
        var at = authority.LastIndexOf('@');
        var (user, password) = Cut(at < 0 ? "" : authority[..at], ':');
        var built = new DbConnectionStringBuilder();
        Add("Username", user);
        Add("Password", password);
        Host(authority[(at + 1)..]);
        Add("Database", database);
        foreach (var pair in query.Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            var (key, value) = Cut(pair, '=');
            Add(Keys.GetValueOrDefault(key) ?? throw new FormatException($"The store's address has a parameter that is not known (known: {string.Join(", ", Keys.Keys)})."), value);
        }

        return built.ConnectionString;

        void Host(string host)
        {
            var colon = host.LastIndexOf(':');
            if (host.Contains(',', StringComparison.Ordinal))
            {
                Add("Host", host);
            }
            else if (colon > host.LastIndexOf(']'))
            {
                Add("Host", host[..colon].Trim('[', ']'));
                Add("Port", host[(colon + 1)..]);
            }
            else
            {
                Add("Host", host.Trim('[', ']'));
            }
        }

        void Add(string key, string value)
        {
            if (value.Length > 0)
            {
                built[key] = Uri.UnescapeDataString(value);
            }
        }
    }

    private static (string Before, string After) Cut(string text, char at)
        => text.IndexOf(at, StringComparison.Ordinal) is var i and >= 0 ? (text[..i], text[(i + 1)..]) : (text, "");
}

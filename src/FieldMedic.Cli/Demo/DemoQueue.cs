using Microsoft.Data.Sqlite;

namespace FieldMedic.Cli.Demo;

/// <summary>The queue of the demo system: a table in SQLite.</summary>
internal static class DemoQueue
{
    public static void Create(DemoFolder folder)
        => Execute(folder, "PRAGMA journal_mode = WAL; CREATE TABLE IF NOT EXISTS jobs (id INTEGER PRIMARY KEY, state TEXT NOT NULL DEFAULT 'pending')");

    public static void Add(DemoFolder folder) => Execute(folder, "INSERT INTO jobs DEFAULT VALUES");

    /// <summary>Does the oldest pending job; false when there is none.</summary>
    public static bool TakeOne(DemoFolder folder)
        => Execute(folder, "UPDATE jobs SET state = 'done' WHERE id = (SELECT min(id) FROM jobs WHERE state = 'pending')") > 0;

    public static (int Pending, int Done) Count(DemoFolder folder)
    {
        using var connection = Open(folder);
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT count(*) FILTER (WHERE state = 'pending'), count(*) FILTER (WHERE state = 'done') FROM jobs";
        using var reader = command.ExecuteReader();
        reader.Read();
        return (reader.GetInt32(0), reader.GetInt32(1));
    }

    private static int Execute(DemoFolder folder, string sql)
    {
        using var connection = Open(folder);
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return command.ExecuteNonQuery();
    }

    private static SqliteConnection Open(DemoFolder folder)
    {
        var connection = new SqliteConnection($"Data Source={folder.Queue};Pooling=False;Default Timeout=10");
        connection.Open();
        return connection;
    }
}

namespace FieldMedic.Platform.Tests.Docker;

/// <summary>A real PostgreSQL with a role of the app that is no superuser, eight connections (three of them reserved), and one without room.</summary>
public sealed class DatabaseProject : ThrowawayProject
{
    private const string Start = """
        set -e
        export PATH=/usr/lib/postgresql/15/bin:$PATH PGDATA=/pg/data
        run="setpriv --reuid=postgres --regid=postgres --init-groups"
        mkdir -p /pg /run/postgresql; chown postgres /pg /run/postgresql
        if [ ! -e /pg/ready ]; then
          $run initdb -N --username=postgres --auth=trust --wal-segsize=1 >/dev/null
          $run pg_ctl -o "-c listen_addresses=''" -w start >/dev/null
          psql -qU postgres -c "create role app login" -c "create database app owner app"
          $run pg_ctl -m fast -w stop >/dev/null
          touch /pg/ready
        fi
        exec $run postgres -c max_connections=8 -c superuser_reserved_connections=3 -c max_wal_senders=0 -c min_wal_size=2MB -c max_wal_size=8MB
        """;

    public Task SqlAsync(string service, string sql) => Daemon.RunAsync("exec", Container(service), "psql", "-qAtX", "-U", "postgres", "-d", "app", "-c", sql);

    public Task<string> AskAsync(string service, string sql) => Daemon.RunAsync("exec", Container(service), "psql", "-qAtX", "-U", "postgres", "-d", "app", "-c", sql);

    public Task ReadyAsync(string service) => Eventually.Async(async () =>
    {
        try
        {
            // The server that answers while the database is made goes away again.
            return await Daemon.RunAsync("exec", Container(service), "sh", "-c", "test -e /pg/ready && psql -qAtX -U postgres -d app -c 'select 1'");
        }
        catch (InvalidOperationException e)
        {
            return e.Message;
        }
    }, seen => seen == "1");

    protected override async Task CreateAsync()
    {
        string[] environment = ["--env", "POSTGRES_USER=app", "--env", "POSTGRES_DB=app"];
        await Task.WhenAll(
            RunAsync("db", environment, "bash", "-c", Start),
            RunAsync("full", [.. environment, "--tmpfs", "/pg:size=64m"], "bash", "-c", Start),
            RunAsync("bare", [.. environment, "--env", "PATH=/nowhere"], "/usr/bin/sleep", "3600"));
        await Task.WhenAll(ReadyAsync("db"), ReadyAsync("full"));
    }
}

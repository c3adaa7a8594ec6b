using System.Net.Sockets;
using System.Security.Authentication;
using FieldMedic.Journal;
using Npgsql;

namespace FieldMedic.Storage.Postgres;

/// <summary>What the database's errors mean, and what to do. Never says a password, nor anything of the connection string but host, port, database and user.</summary>
internal static class PostgresFailure
{
    public static bool Covers(Exception e) => e is NpgsqlException or TimeoutException or SocketException or AuthenticationException or IOException;

    /// <summary>The server is gone or going, or the network is; asked again, another connection may do better.</summary>
    public static bool IsBrokenConnection(NpgsqlException e) => e is PostgresException p
        ? p.SqlState is PostgresErrorCodes.AdminShutdown or PostgresErrorCodes.CrashShutdown
        : e.InnerException is IOException or SocketException or EndOfStreamException;

    public static JournalException Explain(Exception e, PostgresAddress at) => new($"The store {at} {Words(e, at)}", e);

    private static string Words(Exception e, PostgresAddress at) => e switch
    {
        PostgresException p => Words(p, at),
        NpgsqlException { InnerException: null } when e.Message.StartsWith("No password", StringComparison.Ordinal)
            => $"asks for a password and none is set. {PasswordHint}",
        _ when Innermost(e) is AuthenticationException => $"cannot be reached over TLS: {Innermost(e).Message}",
        _ => $"cannot be reached: {Innermost(e).Message.TrimEnd('.')}. Check that the server runs and that host and port are right; nothing is done on the system meanwhile.",
    };

    private const string PasswordHint = "Set FIELDMEDIC_STORE_PASSWORD, or FIELDMEDIC_STORE_PASSWORD_FILE to a file that holds it.";

    private static string Words(PostgresException e, PostgresAddress at) => e.SqlState switch
    {
        PostgresErrorCodes.InvalidPassword => $"refuses the password of user '{at.User}'. {PasswordHint}",
        PostgresErrorCodes.InvalidAuthorizationSpecification => $"refuses to let user '{at.User}' in: {e.MessageText}. Check the user, TLS and pg_hba.conf.",
        PostgresErrorCodes.InvalidCatalogName => $"does not exist: make the database '{at.Database}' (createdb) or correct its name.",
        PostgresErrorCodes.InsufficientPrivilege => $"does not let user '{at.User}' do this: {e.MessageText}. Let its owner run 'fieldmedic store migrate' and grant the rights of docs/running.md.",
        PostgresErrorCodes.UndefinedTable or PostgresErrorCodes.UndefinedColumn or PostgresErrorCodes.InvalidSchemaName
            => $"has another schema than this version needs: {e.MessageText}. Run 'fieldmedic store migrate'.",
        PostgresErrorCodes.ReadOnlySqlTransaction => "is read-only, as a standby is. Name the primary.",
        PostgresErrorCodes.DiskFull => "cannot grow: the disk is full. Free space, then run again; nothing that was acknowledged is lost.",
        PostgresErrorCodes.TooManyConnections or PostgresErrorCodes.ConfigurationLimitExceeded => "has no connection left. Raise max_connections, or lower 'Maximum Pool Size'.",
        PostgresErrorCodes.CannotConnectNow => "cannot be reached: it is starting or stopping. Run again when it is up.",
        PostgresErrorCodes.AdminShutdown or PostgresErrorCodes.CrashShutdown => "cannot be reached: it was shut down. Run again when it is up.",
        PostgresErrorCodes.LockNotAvailable or PostgresErrorCodes.QueryCanceled => "is locked by somebody else for too long. Look at pg_locks, then run again.",
        _ => $"failed: {e.MessageText} ({e.SqlState})",
    };

    private static Exception Innermost(Exception e) => e.InnerException is { } inner ? Innermost(inner) : e;
}

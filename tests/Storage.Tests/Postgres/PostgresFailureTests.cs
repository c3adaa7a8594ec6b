using System.Globalization;
using FieldMedic.Incidents;
using FieldMedic.Journal;
using FieldMedic.Storage.Postgres;
using FieldMedic.Testing;

namespace FieldMedic.Storage.Tests.Postgres;

/// <summary>What goes wrong is said in words with a next step, and never with a password.</summary>
public sealed class PostgresFailureTests(PostgresFixture postgres)
{
    private const string Wrong = "wr0ng;pass='wo rd";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private string Server => $"Host=127.0.0.1;Port={postgres.Server.Port}";

    [Theory]
    [InlineData("refuses the password of user 'medic'. Set FIELDMEDIC_STORE_PASSWORD", "SERVER;Database=care;Username=medic")]
    [InlineData("refuses the password of user 'nobody'", "SERVER;Database=care;Username=nobody")]
    [InlineData("cannot be reached", "Host=127.0.0.1;Port=9;Database=care;Username=medic")]
    [InlineData("cannot be reached", "Host=no-such-host.invalid;Database=care;Username=medic")]
    [InlineData("cannot be reached", "Host=/nowhere;Database=care;Username=medic")]
    [InlineData("cannot be reached", "SERVER;Database=care;Username=medic;SSL Mode=Require")]
    public async Task Open_WithAWrongPasswordOrServer_SaysWhichAndNoPassword(string says, string text)
    {
        var e = await FailAsync(new PostgresAddress(text.Replace("SERVER", Server, StringComparison.Ordinal), () => Wrong));

        e.Message.ShouldContain(says);
        e.ToString().ShouldNotContain(Wrong);
        e.ToString().ShouldNotContain("wr0ng");
    }

    [Fact]
    public async Task Open_PasswordWithinTheConnectionString_IsNotSaid()
    {
        var address = new PostgresAddress($"{Server};Database=nowhere;Username=medic;Password=\"{PostgresServer.Password.Replace("\"", "\"\"", StringComparison.Ordinal)}\"", () => null);
        var uri = new PostgresAddress(string.Create(CultureInfo.InvariantCulture, $"postgres://medic:{Uri.EscapeDataString(PostgresServer.Password)}@127.0.0.1:{postgres.Server.Port}/nowhere?connect_timeout=3"), () => null);

        foreach (var at in new[] { address, uri })
        {
            var e = await FailAsync(at);
            e.Message.ShouldContain("make the database 'nowhere'");
            e.ToString().ShouldNotContain("s3cret");
            at.ToString().ShouldBe($"postgres://medic@127.0.0.1:{postgres.Server.Port}/nowhere");
        }
    }

    [Fact]
    public async Task Open_NoPassword_SaysHowToGiveIt()
        => (await FailAsync(new PostgresAddress($"{postgres.Server.Address}", () => null))).Message.ShouldContain("asks for a password and none is set. Set FIELDMEDIC_STORE_PASSWORD");

    [Theory]
    [InlineData("Host=h;Password=a;s3cret=b")]
    [InlineData("Host=h;Port=s3cret")]
    [InlineData("Host=h;Password='s3cret")]
    [InlineData("Password=s3cret")]
    [InlineData("postgres://u:s3cret@h:port/db")]
    [InlineData("postgres://u:s3cret@h/db?s3cret=1")]
    [InlineData("postgres://u:s3cret@")]
    public void Address_Malformed_IsRefusedWithoutRepeatingIt(string text)
        => Should.Throw<FormatException>(() => new PostgresAddress(text, () => null)).ToString().ShouldNotContain("s3cret");

    [Theory]
    [InlineData("Host=h;Database=d;Username=u", "postgres://u@h:5432/d")]
    [InlineData("Server=h;Port=1;Database=d;User Id=u;Password=p", "postgres://u@h:1/d")]
    [InlineData("postgres://u:p@h/d", "postgres://u@h:5432/d")]
    [InlineData("postgresql://u%40x:p%2F@[::1]:6000/d%20e?sslmode=require", "postgres://u@x@::1:6000/d e")]
    [InlineData("postgres://u@/d?host=/run/postgresql&search_path=mine", "postgres://u@/run/postgresql:5432/d (schema mine)")]
    public void Address_AsText_HasNoPassword(string text, string shown) => new PostgresAddress(text, () => "s3cret").ToString().ShouldBe(shown);

    [Fact]
    public void Address_SchemaThatIsNoPlainName_IsRefused()
        => Should.Throw<FormatException>(() => new PostgresAddress("Host=h;Search Path='a; DROP SCHEMA b'", () => null));

    [Fact]
    public async Task Open_NewerSchema_IsRefused()
    {
        var address = postgres.NewAddress();
        await (await PostgresStore.OpenAsync(address, Token)).DisposeAsync();
        await PostgresFixture.ExecuteAsync(address, "INSERT INTO schema_versions (scriptname, applied) VALUES ('FieldMedic.Storage.Postgres.Migrations.9999_future.sql', now())");

        (await FailAsync(address)).Message.ShouldContain("newer FieldMedic (it has FieldMedic.Storage.Postgres.Migrations.9999_future.sql)");
    }

    [Fact]
    public async Task Open_NoRights_SaysWhoMustDoWhat()
    {
        await postgres.Server.SqlAsync("CREATE ROLE poor LOGIN PASSWORD 'poor'");
        var text = $"{Server};Database=care;Username=poor;Search Path=";
        var existing = postgres.NewAddress();
        await (await PostgresStore.OpenAsync(existing, Token)).DisposeAsync();

        (await FailAsync(new PostgresAddress(text + "of_the_poor", () => "poor"))).Message.ShouldContain("does not let user 'poor' do this: permission denied for database care. Let its owner run 'fieldmedic store migrate'");
        (await FailAsync(new PostgresAddress(text + existing.Schema, () => "poor"))).Message.ShouldContain("does not let user 'poor' do this");
    }

    [Fact]
    public async Task Append_TableGone_SaysThatTheSchemaIsAnother()
    {
        var address = postgres.NewAddress();
        await using var store = await PostgresStore.OpenAsync(address, Token);
        await PostgresFixture.ExecuteAsync(address, "DROP TABLE leases");

        (await Should.ThrowAsync<JournalException>(() => store.Locks.TryAcquireAsync("sys", Token))).Message.ShouldContain("fieldmedic store migrate");
    }

    [Fact]
    public async Task Append_ReadOnlyDatabase_SaysSo()
    {
        var address = postgres.NewAddress();
        await (await PostgresStore.OpenAsync(address, Token)).DisposeAsync();
        var standby = new PostgresAddress($"{postgres.Server.Address};Search Path={address.Schema};Options='-c default_transaction_read_only=on'", () => PostgresServer.Password);
        await using var store = await PostgresStore.OpenAsync(standby, Token);

        var e = await Should.ThrowAsync<JournalException>(() => store.AppendAsync(new IncidentId("INC-1"), 1, new IncidentEvent.IncidentOpened("sys", null, Complaint.None), null, Token));

        e.Message.ShouldContain("is read-only");
    }

    private static async Task<JournalException> FailAsync(PostgresAddress address)
        => await Should.ThrowAsync<JournalException>(() => PostgresStore.OpenAsync(address, Token));
}

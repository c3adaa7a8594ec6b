using FieldMedic.Testing;

namespace FieldMedic.Cli.Tests.Store;

/// <summary>The whole program over PostgreSQL: switched by the setting, and with its password nowhere to be seen.</summary>
public sealed class PostgresTests(PostgresFixture postgres) : IClassFixture<PostgresFixture>
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Support_OverPostgres_ClosesAndIsRemembered()
    {
        await using var desk = await postgres.DeskAsync();
        desk.Door(isOpen: false);
        var issue = desk.FileIssue("door shut");

        var ran = await desk.RunAsync("support", $"{issue}", "--json");
        var listed = await desk.RunAsync("incidents", "--json");

        ran.Text("outcome").ShouldBe("closed", ran.All);
        desk.Effects().ShouldBe(1);
        var incident = listed.Json.GetProperty("incidents").EnumerateArray().ShouldHaveSingleItem();
        incident.GetProperty("id").GetString().ShouldBe(ran.Text("incident"));
        Directory.Exists(Path.Combine(desk.Folder, "state")).ShouldBeFalse();
    }

    [Fact]
    public async Task Support_TwoProcessesOnOneIssue_ActOnce()
    {
        await using var desk = await postgres.DeskAsync();
        desk.Door(isOpen: false);
        var issue = desk.FileIssue("door shut");

        var both = await Task.WhenAll(desk.RunAsync("support", $"{issue}", "--json"), desk.RunAsync("support", $"{issue}", "--json"));

        both.ShouldAllBe(r => r.Code == 0, both[0].All + both[1].All);
        desk.Effects().ShouldBe(1);
    }

    [Fact]
    public async Task Support_KilledAfterTheAction_IsTakenUpWithoutRepeatingIt()
    {
        await using var desk = await postgres.DeskAsync(window: "3s");
        desk.Door(isOpen: false);
        var issue = desk.FileIssue("door shut");
        using (var process = desk.Start("support", $"{issue}"))
        {
            while (!(await process.StandardOutput.ReadLineAsync(Token) ?? throw new InvalidOperationException("ended early")).Contains("acted", StringComparison.Ordinal))
            {
            }

            process.Kill();
            await process.WaitForExitAsync(Token);
        }

        var again = await desk.RunAsync("support", $"{issue}", "--json");

        again.Text("outcome").ShouldBe("closed", again.All);
        desk.Effects().ShouldBe(1);
    }

    [Fact]
    public async Task DryRun_OverAnEmptyDatabase_MakesNothing()
    {
        await using var desk = await postgres.DeskAsync();
        desk.Door(isOpen: false);

        (await desk.RunAsync("remediate", "door_shut", "--dry-run")).Code.ShouldBe(4);

        var schema = desk.Environment["FIELDMEDIC_STORE"]!.Split("Search Path=")[1];
        (await postgres.Server.SqlAsync($"SELECT count(*) FROM pg_namespace WHERE nspname = '{schema}'", PostgresServer.Database)).ShouldBe("0");
    }

    [Fact]
    public async Task Doctor_ShowsTheKindAndNoPassword()
    {
        await using var desk = await postgres.DeskAsync();
        var well = await desk.RunAsync("doctor");
        desk.Environment["FIELDMEDIC_STORE_PASSWORD"] = "wr0ng";
        var ill = await desk.RunAsync("doctor");
        var json = await desk.RunAsync("doctor", "--json");

        well.Output.ShouldContain("(postgresql)");
        well.All.ShouldNotContain(PostgresServer.Password);
        ill.Code.ShouldBe(1);
        ill.Output.ShouldContain("refuses the password of user 'medic'");
        (ill.All + json.All).ShouldNotContain("wr0ng");
    }

    [Fact]
    public async Task Password_InAFileOrInDotEnv_IsUsed()
    {
        await using var desk = await postgres.DeskAsync();
        desk.Environment["FIELDMEDIC_STORE_PASSWORD"] = null;
        desk.Write("password", PostgresServer.Password + "\n");
        desk.Environment["FIELDMEDIC_STORE_PASSWORD_FILE"] = Path.Combine(desk.Folder, "password");
        (await desk.RunAsync("pause")).Code.ShouldBe(0);

        desk.Environment["FIELDMEDIC_STORE_PASSWORD_FILE"] = Path.Combine(desk.Folder, "nowhere");
        var unreadable = await desk.RunAsync("pause");
        unreadable.Code.ShouldBe(75);
        unreadable.Error.ShouldContain("FIELDMEDIC_STORE_PASSWORD_FILE");

        desk.Environment["FIELDMEDIC_STORE_PASSWORD_FILE"] = null;
        (await desk.RunAsync("pause")).Error.ShouldContain("asks for a password and none is set");

        desk.Write(".env", $"FIELDMEDIC_STORE_PASSWORD_FILE={Path.Combine(desk.Folder, "password")}\n");
        (await desk.RunAsync("pause")).Code.ShouldBe(0);
    }

    [Fact]
    public async Task Password_WhereOthersCanReadIt_IsRefusedAndNotRepeated()
    {
        await using var desk = await Desk.OpenAsync();
        const string Address = "postgres://medic:s3cret@127.0.0.1:9/care";

        var flag = await desk.RunAsync("pause", "--store", Address);
        desk.Write("fieldmedic.yaml", $"store: {Address}\n");
        var file = await desk.RunAsync("pause");
        desk.Environment["FIELDMEDIC_STORE"] = Address;
        var environment = await desk.RunAsync("pause");
        desk.Environment["FIELDMEDIC_STORE"] = "Host=127.0.0.1;Port=s3cret";
        var malformed = await desk.RunAsync("pause");

        (flag.Code, file.Code, environment.Code, malformed.Code).ShouldBe((64, 64, 75, 64));
        flag.Error.ShouldContain("command line");
        file.Error.ShouldContain("configuration file");
        environment.Error.ShouldContain("postgres://medic@127.0.0.1:9/care cannot be reached");
        malformed.Error.ShouldContain("cannot be read");
        (flag.All + file.All + environment.All + malformed.All).ShouldNotContain("s3cret");
    }

    [Fact]
    public async Task Store_InTheConfigurationFile_IsADatabaseOrAFileBesideIt()
    {
        await using var desk = await postgres.DeskAsync();
        var address = desk.Environment["FIELDMEDIC_STORE"];
        desk.Environment["FIELDMEDIC_STORE"] = null;
        desk.Write("fieldmedic.yaml", $"store: {address}\n");
        (await desk.RunAsync("pause")).Code.ShouldBe(0);
        Directory.GetFiles(desk.Folder, "*.db").ShouldBeEmpty();

        desk.Write("fieldmedic.yaml", "store: own.db\n");
        (await desk.RunAsync("pause")).Code.ShouldBe(0);
        File.Exists(Path.Combine(desk.Folder, "own.db")).ShouldBeTrue();
    }
}

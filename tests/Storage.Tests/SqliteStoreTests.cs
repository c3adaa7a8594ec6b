using System.Diagnostics;
using FieldMedic.Incidents;
using FieldMedic.Journal;
using FieldMedic.Testing;
using Microsoft.Data.Sqlite;

namespace FieldMedic.Storage.Tests;

public sealed class SqliteStoreTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private string File => _folder.File("journal.db");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task List_MoreIncidentsThanOneStatementMayName_GivesAllWithTheirIssues()
    {
        const int many = 33_000;
        await using var store = await SqliteStore.OpenAsync(File, TimeProvider.System, Token);
        var opened = Enumerable.Range(1, many).ToAsyncEnumerable().Select(n => new StoredEvent(
            $"INC-20260115-120000-{n:x6}",
            1,
            new DateTimeOffset(2026, 1, 15, 12, 0, 0, TimeSpan.Zero),
            JournalJson.Write(new IncidentEvent.IncidentOpened("small", new IssueRef("example/field", n), Complaint.None))));
        await store.Upkeep.AddAsync(opened, [], Token);

        var listed = await store.ListAsync("small", null, int.MaxValue, Token);

        listed.Select(h => h.Issues.ShouldHaveSingleItem().Number).Order().ShouldBe(Enumerable.Range(1, many));
    }

    [Fact]
    public async Task Support_OverRealStore_SurvivesReopen()
    {
        // In real time: a clock that leaps would run away from a lease that is renewed on a real disk.
        var small = new SmallSystem(TimeProvider.System);
        small.Policy = small.Policy with { Window = TimeSpan.FromMilliseconds(200), PollEvery = TimeSpan.FromMilliseconds(20) };
        small.Stop("worker");
        var system = small.Connect();
        var tracker = new CollectingTracker(TimeProvider.System);
        var issue = tracker.Open(1, "Sync stuck");
        RunResult result;
        await using (var store = await SqliteStore.OpenAsync(File, TimeProvider.System, Token))
        {
            var medic = new Medic(new MedicPorts
            {
                System = system,
                Journal = store,
                Locks = store.Locks,
                Controls = store.Controls,
                Triage = new WordTriage(system.Pack),
                Secrets = new NoSecrets(),
                Tracker = tracker,
            });
            result = await medic.SupportAsync(issue, new RunOptions(), new CollectingObserver(), Token);
        }

        await using var again = await SqliteStore.OpenAsync(File, TimeProvider.System, Token);
        var folded = Incident.Fold(await again.ReadAsync(result.Incident!.Id, Token))!;

        result.Outcome.ShouldBe(RunOutcome.Closed);
        folded.Proof.ShouldBe(result.Incident.Proof);
        folded.Stage.ShouldBe(IncidentStage.Watch);
        (await again.ActionsAsync("small", DateTimeOffset.UnixEpoch, Token)).Single().Succeeded.ShouldBe(true);
    }

    [Fact]
    public async Task Open_ManyAtOnce_AllSucceed()
    {
        var stores = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => SqliteStore.OpenAsync(File, TimeProvider.System, Token))));

        stores.Length.ShouldBe(8);
        foreach (var store in stores)
        {
            await store.DisposeAsync();
        }
    }

    [Fact]
    public async Task Open_NotADatabase_SaysSo()
    {
        await System.IO.File.WriteAllTextAsync(File, new string('x', 4096), Token);

        var e = await Should.ThrowAsync<JournalException>(() => SqliteStore.OpenAsync(File, TimeProvider.System, Token));

        e.Message.ShouldContain("is not a FieldMedic store");
    }

    [Fact]
    public async Task Open_NewerSchema_IsRefused()
    {
        await (await SqliteStore.OpenAsync(File, TimeProvider.System, Token)).DisposeAsync();
        await ExecuteAsync("INSERT INTO SchemaVersions (ScriptName, Applied) VALUES ('FieldMedic.Storage.Migrations.9999_future.sql', '2030-01-01')");

        var e = await Should.ThrowAsync<JournalException>(() => SqliteStore.OpenAsync(File, TimeProvider.System, Token));

        e.Message.ShouldContain("newer FieldMedic");
    }

    [Fact]
    public async Task Open_FolderCannotBeMade_SaysWhere()
    {
        await System.IO.File.WriteAllTextAsync(_folder.File("in-the-way"), "", Token);

        var e = await Should.ThrowAsync<JournalException>(() => SqliteStore.OpenAsync(Path.Combine(_folder.File("in-the-way"), "x", "journal.db"), TimeProvider.System, Token));

        e.Message.ShouldContain("cannot be opened");
    }

    [Fact]
    public async Task Append_StoreFull_ThrowsAndKeepsAcknowledged()
    {
        var store = await SqliteStore.OpenAsync(File, TimeProvider.System, Token);
        var id = IncidentId.New(TimeProvider.System);
        await store.AppendAsync(id, 1, new IncidentEvent.IncidentOpened("sys", null, Complaint.None), null, Token);
        var acknowledged = 1L;

        // A trigger that fails as a full disk does, at a point where the transaction has already written.
        await ExecuteAsync("CREATE TRIGGER full AFTER UPDATE ON incidents BEGIN SELECT RAISE(ABORT, 'database or disk is full'); END");
        await Should.ThrowAsync<JournalException>(() => store.AppendAsync(id, 2, new IncidentEvent.ApprovalGiven("x"), null, Token));

        (await store.ReadAsync(id, Token)).Count.ShouldBe((int)acknowledged);
    }

    [Fact]
    public async Task Lease_HolderProcessDead_IsFreeAtOnce()
    {
        var store = await SqliteStore.OpenAsync(File, TimeProvider.System, Token);
        var first = (await store.Locks.TryAcquireAsync("sys", Token))!;
        using var gone = Process.Start("true");
        await gone.WaitForExitAsync(Token);
        await ExecuteAsync($"UPDATE leases SET pid = {gone.Id}, process_start = '1'");

        var second = await store.Locks.TryAcquireAsync("sys", Token);

        second.ShouldNotBeNull().Fence.ShouldBe(first.Fence + 1);
    }

    [Fact]
    public async Task Lease_OfAnotherMachine_IsHeldUntilItExpires()
    {
        var store = await SqliteStore.OpenAsync(File, TimeProvider.System, Token);
        await store.Locks.TryAcquireAsync("sys", Token);
        await ExecuteAsync("UPDATE leases SET pid = 999999, host = 'elsewhere'");

        (await store.Locks.TryAcquireAsync("sys", Token)).ShouldBeNull();
    }

    [Fact]
    public async Task Store_FileIsForTheOwnerOnly()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("POSIX permissions");
            return;
        }

        await (await SqliteStore.OpenAsync(File, TimeProvider.System, Token)).DisposeAsync();

        System.IO.File.GetUnixFileMode(File).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
    }

    private async Task ExecuteAsync(string sql)
    {
        await using var connection = new SqliteConnection($"Data Source={File}");
        await connection.OpenAsync(Token);
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync(Token);
    }
}

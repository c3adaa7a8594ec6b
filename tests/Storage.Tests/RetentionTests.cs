using FieldMedic.Incidents;
using FieldMedic.Journal;
using FieldMedic.Storage.Postgres;
using FieldMedic.Storage.Tests.Postgres;

namespace FieldMedic.Storage.Tests;

/// <summary>What is over and old goes, whole; nothing else does.</summary>
public sealed class RetentionTests(PostgresFixture postgres) : IDisposable
{
    private const int Old = 450;
    private static readonly DateTimeOffset Now = new(2026, 6, 1, 0, 0, 0, TimeSpan.Zero);
    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("sqlite")]
    [InlineData("postgresql")]
    public async Task RemoveOver_TakesWhatIsOverAndOldAndNothingElse(string kind)
    {
        await using var store = await OpenAsync(kind);
        var before = Now - TimeSpan.FromDays(100);
        // More than are removed at once, and one each that is too young, still watched, and still active.
        await store.Upkeep.AddAsync(Incidents([.. Enumerable.Range(1, Old).Select(i => ($"INC-OLD-{i:0000}", 200, IncidentOutcome.Closed)), ("INC-YOUNG", 99, IncidentOutcome.Escalated)], ["INC-WATCHED"], ["INC-ACTIVE"]), [], Token);

        (await store.Upkeep.CountOverAsync(before, Token)).ShouldBe(Old);
        (await store.Upkeep.RemoveOverAsync(before, Token)).ShouldBe(Old);

        (await store.ListAsync(null, null, int.MaxValue, Token)).Select(h => h.Id.Value).Order(StringComparer.Ordinal).ShouldBe(["INC-ACTIVE", "INC-WATCHED", "INC-YOUNG"]);
        (await store.ReadAsync(new IncidentId("INC-OLD-0001"), Token)).ShouldBeEmpty();
        (await store.ReadAsync(new IncidentId("INC-YOUNG"), Token)).Count.ShouldBe(2);
        (await store.OfIssueAsync("sys", new IssueRef("acme/maps", 7), Token)).Count.ShouldBe(3);
        (await store.Upkeep.FaultsAsync(Token)).Where(f => !f.Contains("clock", StringComparison.Ordinal)).ShouldBeEmpty();
        (await store.Upkeep.RemoveOverAsync(before, Token)).ShouldBe(0);
    }

    /// <summary>Something happened to it only now, so it is not old.</summary>
    [Theory]
    [InlineData("sqlite")]
    [InlineData("postgresql")]
    public async Task RemoveOver_SomethingHappenedSince_Stays(string kind)
    {
        await using var store = await OpenAsync(kind);
        await store.Upkeep.AddAsync(Incidents([("INC-DISPUTED", 200, IncidentOutcome.Closed)], [], []), [], Token);
        await store.AppendAsync(new IncidentId("INC-DISPUTED"), 3, new IncidentEvent.ClosureDisputed(new IssueRef("acme/maps", 7)), null, Token);

        (await store.Upkeep.RemoveOverAsync(Now - TimeSpan.FromDays(100), Token)).ShouldBe(0);
    }

    private async Task<IStore> OpenAsync(string kind) => kind == "sqlite"
        ? await SqliteStore.OpenAsync(_folder.File("journal.db"), TimeProvider.System, Token)
        : await PostgresStore.OpenAsync(postgres.NewAddress(), Token);

    private static async IAsyncEnumerable<StoredEvent> Incidents((string Id, int DaysAgo, IncidentOutcome Outcome)[] over, string[] watched, string[] active)
    {
        foreach (var (id, days, outcome) in over)
        {
            yield return Event(id, 1, days, Opened);
            yield return Event(id, 2, days, new IncidentEvent.IncidentEnded(outcome));
        }

        foreach (var id in watched)
        {
            yield return Event(id, 1, 200, Opened);
            yield return Event(id, 2, 200, new IncidentEvent.WatchStarted(Now));
        }

        foreach (var id in active)
        {
            yield return Event(id, 1, 200, Opened);
        }

        await Task.CompletedTask;
    }

    private static IncidentEvent Opened => new IncidentEvent.IncidentOpened("sys", new IssueRef("acme/maps", 7), Complaint.None);

    private static StoredEvent Event(string incident, long sequence, int daysAgo, IncidentEvent happened)
        => new(incident, sequence, Now - TimeSpan.FromDays(daysAgo), JournalJson.Write(happened));
}

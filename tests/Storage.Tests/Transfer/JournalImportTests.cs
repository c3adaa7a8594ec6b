using CsCheck;
using FieldMedic.Incidents;
using FieldMedic.Storage.Postgres;
using FieldMedic.Storage.Tests.Postgres;
using FieldMedic.Storage.Transfer;

namespace FieldMedic.Storage.Tests.Transfer;

/// <summary>What is imported comes from outside: all of it is right, or nothing of it is stored and the line is named.</summary>
public sealed class JournalImportTests(PostgresFixture postgres) : IDisposable
{
    private const string Head = """{"fieldmedic_store":1}""";
    private const string Opened = """{"incident":"INC-1","sequence":1,"at":"2026-01-15T12:00:00+00:00","event":{"type":"incident_opened","system":"sys","complaint":{"kinds":[],"matched":[]}}}""";
    private const string Given = """{"incident":"INC-1","sequence":2,"at":"2026-01-15T12:00:01+00:00","event":{"type":"approval_given","by":"x"}}""";
    private const string Over = """{"incident":"INC-1","sequence":3,"at":"2026-01-15T12:00:02+00:00","event":{"type":"incident_ended","outcome":"closed"}}""";
    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static IEnumerable<TheoryDataRow<int, string, string>> Bad() =>
    [
        new(1, "no exported store", ""),
        new(1, "no exported store", Opened),
        new(1, "format 2", """{"fieldmedic_store":2}"""),
        new(2, "cannot be read", Head + "\nnonsense"),
        new(2, "null is no line", Head + "\nnull"),
        new(2, "cannot be read", Head + "\n{\"incident\":\"INC-1\",\"surprise\":1}"),
        new(2, "has incident, sequence, at and event", Head + "\n{}"),
        new(2, "a pause says by whom", Head + "\n{\"pause\":\"*\"}"),
        new(2, "not the one after 0", Head + "\n" + Given),
        new(3, "not the one after 1", $"{Head}\n{Opened}\n{Over}"),
        new(3, "not the one after 1", $"{Head}\n{Opened}\n{Opened}"),
        new(3, "An event cannot be read", $"{Head}\n{Opened}\n{Given.Replace("approval_given", "no_such_event", StringComparison.Ordinal)}"),
        new(2, "does not begin with being opened", $"{Head}\n{Given.Replace("\"sequence\":2", "\"sequence\":1", StringComparison.Ordinal)}"),
        new(2, "does not replay", $"{Head}\n{Opened.Replace("{\"kinds\":[],\"matched\":[]}", "null", StringComparison.Ordinal)}"),
        new(2, "does not replay", $"{Head}\n{Opened.Replace(",\"complaint\":{\"kinds\":[],\"matched\":[]}", "", StringComparison.Ordinal)}"),
        new(2, "does not replay", $"{Head}\n{Opened.Replace("\"sys\",", "\"sys\",\"issue\":{},", StringComparison.Ordinal)}"),
        new(2, "letters, digits and hyphens", $"{Head}\n{Opened.Replace("INC-1", "../../etc", StringComparison.Ordinal)}"),
        new(4, "do not stand together", $"{Head}\n{Opened}\n{Opened.Replace("INC-1", "INC-2", StringComparison.Ordinal)}\n{Given}"),
        new(3, "ends in the middle", $"{Head}\n{Opened}"),
        new(3, "5 events were exported and 1 are here", $"{Head}\n{Opened}\n{{\"end\":5}}"),
        new(4, "behind the last line", $"{Head}\n{Opened}\n{{\"end\":1}}\n{Given}"),
        new(2, "is in this store already", $"{Head}\n{Opened.Replace("INC-1", "INC-0", StringComparison.Ordinal)}\n{{\"end\":1}}"),
    ];

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(Bad))]
    public async Task Import_Bad_NamesLineAndReasonAndStoresNothing(int line, string says, string text)
    {
        await using var sqlite = await SqliteStore.OpenAsync(_folder.File("journal.db"), TimeProvider.System, Token);
        await using var database = await PostgresStore.OpenAsync(postgres.NewAddress(), Token);
        foreach (var store in new IStore[] { sqlite, database })
        {
            await store.AppendAsync(new IncidentId("INC-0"), 1, new IncidentEvent.IncidentOpened("sys", null, Complaint.None), null, Token);

            var e = await Should.ThrowAsync<ImportRefusedException>(() => new JournalImport(new StringReader(text)).AddToAsync(store.Upkeep, Token));

            e.Line.ShouldBe(line);
            e.Reason.ShouldContain(says);
            var check = await StoreCheck.RunAsync(store, Token);
            (check.Incidents, check.Events).ShouldBe((1, 1L));
            check.Faults.ShouldBeEmpty();
        }
    }

    /// <summary>Whatever becomes of the bytes on the way: refused, or as it was. Never anything else.</summary>
    [Fact]
    public async Task Import_DamagedAtRandom_IsRefusedOrReplays()
    {
        var whole = await Fixtures.TextAsync("resolved");
        await using var store = await SqliteStore.OpenAsync(_folder.File("journal.db"), TimeProvider.System, Token);
        await Gen.Select(Gen.Int[0, whole.Length - 1], Gen.Int[0, 40], Gen.String[Gen.Char["{}[]\",:0129aeINC-\\ \n\0é"], 0, 5]).SampleAsync(
            async (at, cut, with) =>
            {
                var text = whole[..at] + with + whole[Math.Min(whole.Length, at + cut)..];
                try
                {
                    await new JournalImport(new StringReader(text)).AddToAsync(new Nowhere(), Token);
                }
                catch (ImportRefusedException e)
                {
                    e.Line.ShouldBeGreaterThan(0);
                }
            },
            iter: 400,
            threads: 1);
    }

    /// <summary>Takes everything and keeps nothing.</summary>
    private sealed class Nowhere : IStoreUpkeep
    {
        public IAsyncEnumerable<StoredEvent> EventsAsync(CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task<IReadOnlyList<StoredPause>> PausesAsync(CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task<IReadOnlyList<string>> FaultsAsync(CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task<int> CountOverAsync(DateTimeOffset before, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task<int> RemoveOverAsync(DateTimeOffset before, CancellationToken cancellationToken) => throw new NotSupportedException();

        public async Task AddAsync(IAsyncEnumerable<StoredEvent> events, IReadOnlyCollection<StoredPause> pauses, CancellationToken cancellationToken)
        {
            await foreach (var stored in events)
            {
                _ = stored.Entry();
            }
        }
    }
}

using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;
using FieldMedic.Incidents;
using FieldMedic.Journal;
using FieldMedic.Storage.Postgres;
using FieldMedic.Storage.Tests.Postgres;
using FieldMedic.Storage.Transfer;
using FieldMedic.Testing;

namespace FieldMedic.Storage.Tests.Transfer;

/// <summary>The format of the journal is a promise: old exports are imported, fold to the same state, and are exported to the same bytes.</summary>
public sealed class FixtureTests(PostgresFixture postgres) : IDisposable
{
    private static readonly JsonSerializerOptions Readable = new(JournalJson.Options) { WriteIndented = true, Converters = { new Sorted() } };
    private readonly TemporaryFolder _folder = new();

    public static IEnumerable<TheoryDataRow<string>> Names() => Fixtures.Names().Select(n => new TheoryDataRow<string>(n));

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Fixtures_AreThere() => Fixtures.Names().Count().ShouldBeGreaterThanOrEqualTo(8);

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Fixture_InSqlite_FoldsToTheApprovedState(string name)
    {
        await using var store = await SqliteStore.OpenAsync(_folder.File("journal.db"), TimeProvider.System, Token);

        Approved.Check(await StatesAsync(store, name), $"../Fixtures/{name}");
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Fixture_InPostgres_FoldsToTheApprovedState(string name)
    {
        await using var store = await PostgresStore.OpenAsync(postgres.NewAddress(), Token);

        Approved.Check(await StatesAsync(store, name), $"../Fixtures/{name}");
    }

    private static async Task<string> StatesAsync(IStore store, string name)
    {
        var text = await Fixtures.TextAsync(name);
        await new JournalImport(new StringReader(text)).AddToAsync(store.Upkeep, Token);
        using var again = new StringWriter();
        await JournalExport.WriteAsync(store.Upkeep, again, Token);
        again.ToString().ShouldBe(text);
        (await StoreCheck.RunAsync(store, Token)).Faults.ShouldBeEmpty();

        var states = new List<string>();
        foreach (var header in await store.ListAsync(null, null, 100, Token))
        {
            var incident = Incident.Fold(await store.ReadAsync(header.Id, Token));
            var actions = await store.ActionsAsync(header.System, DateTimeOffset.UnixEpoch, Token);
            states.Add($"# {header.Lifecycle}, serves {string.Join(", ", header.Issues)}\n\n{string.Join('\n', actions.Select(a => $"- {a.Remedy} on {a.Target}: {a.Succeeded?.ToString() ?? "unknown"}, {a.Details}"))}\n\n```json\n{JsonSerializer.Serialize(incident, Readable)}\n```");
        }

        return string.Join("\n\n", states);
    }

    /// <summary>A set has no order of its own.</summary>
    private sealed class Sorted : JsonConverter<ImmutableHashSet<string>>
    {
        public override ImmutableHashSet<string> Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => throw new NotSupportedException();

        public override void Write(Utf8JsonWriter writer, ImmutableHashSet<string> value, JsonSerializerOptions options) => JsonSerializer.Serialize(writer, value.Order(StringComparer.Ordinal).ToArray(), options);
    }
}

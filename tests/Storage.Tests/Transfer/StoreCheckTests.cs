using FieldMedic.Storage.Postgres;
using FieldMedic.Storage.Tests.Postgres;
using FieldMedic.Storage.Transfer;

namespace FieldMedic.Storage.Tests.Transfer;

/// <summary>Damage that was done behind our back is found.</summary>
public sealed class StoreCheckTests(PostgresFixture postgres)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("events and the last is number", "DELETE FROM events WHERE sequence = 3")]
    [InlineData("does not replay", "UPDATE events SET payload = '{}' WHERE sequence = 2")]
    [InlineData("the list says something else", "UPDATE incidents SET lifecycle = 'Active'")]
    [InlineData("the list says something else", "DELETE FROM incident_issues")]
    [InlineData("is in the list and has no events", "DELETE FROM events")]
    public async Task Check_Damaged_NamesTheIncidentAndWhatIsWrong(string says, string damage)
    {
        var address = postgres.NewAddress();
        await using var store = await PostgresStore.OpenAsync(address, Token);
        await new JournalImport(new StringReader(await Fixtures.TextAsync("resolved"))).AddToAsync(store.Upkeep, Token);
        await PostgresFixture.ExecuteAsync(address, damage);

        (await StoreCheck.RunAsync(store, Token)).Faults.ShouldHaveSingleItem().ShouldContain(says);
    }
}

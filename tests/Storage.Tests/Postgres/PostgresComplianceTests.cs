using FieldMedic.Compliance;
using FieldMedic.Inbox;
using FieldMedic.Journal;
using FieldMedic.Storage.Postgres;

namespace FieldMedic.Storage.Tests.Postgres;

public sealed class PostgresJournalTests(PostgresFixture postgres) : JournalCompliance, IAsyncDisposable
{
    private readonly Opened _opened = new(postgres);

    protected override async Task<(IJournal Journal, ISystemLocks Locks)> OpenAsync()
    {
        var store = await _opened.StoreAsync();
        return (store, store.Locks);
    }

    protected override Task PassAsync(TimeSpan span) => PostgresFixture.PassAsync(_opened.Address, span);

    protected override Task<DateTimeOffset> NowAsync() => PostgresFixture.NowAsync(_opened.Address);

    public ValueTask DisposeAsync() => _opened.DisposeAsync();
}

public sealed class PostgresLocksTests(PostgresFixture postgres) : SystemLocksCompliance, IAsyncDisposable
{
    private readonly Opened _opened = new(postgres);

    protected override async Task<ISystemLocks> OpenAsync() => (await _opened.StoreAsync()).Locks;

    protected override Task PassAsync(TimeSpan span) => PostgresFixture.PassAsync(_opened.Address, span);

    public ValueTask DisposeAsync() => _opened.DisposeAsync();
}

public sealed class PostgresControlsTests(PostgresFixture postgres) : ControlsCompliance, IAsyncDisposable
{
    private readonly Opened _opened = new(postgres);

    protected override async Task<IControls> OpenAsync() => (await _opened.StoreAsync()).Controls;

    public ValueTask DisposeAsync() => _opened.DisposeAsync();
}

public sealed class PostgresInboxTests(PostgresFixture postgres) : DeliveryInboxCompliance, IAsyncDisposable
{
    private readonly Opened _opened = new(postgres);

    protected override async Task<IDeliveryInbox> OpenAsync() => await (await _opened.StoreAsync()).OpenInboxAsync(TestContext.Current.CancellationToken);

    protected override Task PassAsync(TimeSpan span) => PostgresFixture.PassAsync(_opened.Address, span);

    protected override Task<DateTimeOffset> NowAsync() => PostgresFixture.NowAsync(_opened.Address);

    public ValueTask DisposeAsync() => _opened.DisposeAsync();
}

/// <summary>The stores a test has opened on one schema.</summary>
internal sealed class Opened(PostgresFixture postgres) : IAsyncDisposable
{
    private readonly List<IStore> _stores = [];
    private PostgresAddress? _address;

    public PostgresAddress Address => _address ??= postgres.NewAddress();

    public async Task<PostgresStore> StoreAsync()
    {
        var store = await PostgresStore.OpenAsync(Address, TestContext.Current.CancellationToken);
        _stores.Add(store);
        return store;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var store in _stores)
        {
            await store.DisposeAsync();
        }
    }
}

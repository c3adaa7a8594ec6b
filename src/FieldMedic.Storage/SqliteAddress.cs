namespace FieldMedic.Storage;

internal sealed class SqliteAddress(string path) : StoreAddress
{
    public override string Kind => "sqlite";

    public string Path => path;

    public override string ToString() => path;

    public override async Task<IStore> OpenAsync(TimeProvider time, CancellationToken cancellationToken) => await SqliteStore.OpenAsync(path, time, cancellationToken).ConfigureAwait(false);

    public override Task<bool> ExistsAsync(CancellationToken cancellationToken) => Task.FromResult(File.Exists(path));
}

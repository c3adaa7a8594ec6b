namespace FieldMedic.Storage;

internal sealed class SqliteAddress(string path) : StoreAddress
{
    public override string Kind => "sqlite";

    public string Path => path;

    public override string ToString() => path;

    public override async Task<IStore> OpenAsync(TimeProvider time, CancellationToken cancellationToken) => await SqliteStore.OpenAsync(path, time, cancellationToken).ConfigureAwait(false);

    public override async Task<IReadOnlyList<string>> MigrateAsync(CancellationToken cancellationToken)
    {
        var applied = new List<string>();
        foreach (var (file, schema) in new[] { (path, SqliteSchema.Journal), (SqliteStore.InboxOf(path), SqliteSchema.Inbox) })
        {
            await using var opened = new SqliteFile(System.IO.Path.GetFullPath(file), schema);
            applied.AddRange(await opened.PrepareAsync(cancellationToken).ConfigureAwait(false));
        }

        return applied;
    }

    public override Task<bool> ExistsAsync(CancellationToken cancellationToken) => Task.FromResult(File.Exists(path));
}

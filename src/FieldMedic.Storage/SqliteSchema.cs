namespace FieldMedic.Storage;

/// <summary>Which tables a file holds: the beginning of the names of its migrations. The names are kept in the files: never change one.</summary>
internal static class SqliteSchema
{
    public const string Journal = "FieldMedic.Storage.Migrations.";

    public const string Inbox = "FieldMedic.Storage.Inbox.";
}

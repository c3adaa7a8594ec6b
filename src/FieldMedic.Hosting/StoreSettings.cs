using FieldMedic.Journal;
using FieldMedic.Storage;

namespace FieldMedic.Hosting;

/// <summary>The setting <c>store</c>: a file, or a database whose password stands neither on the command line nor in the configuration file.</summary>
internal static class StoreSettings
{
    public const string Password = "FIELDMEDIC_STORE_PASSWORD";
    public const string PasswordFile = "FIELDMEDIC_STORE_PASSWORD_FILE";

    /// <param name="flag">The flag, else null; then the environment, then the file.</param>
    public static StoreAddress Read(string? flag, string? environment, string? file, string fileFolder, string otherwise, Func<string, string?> secret)
    {
        if (flag is not null)
        {
            return Parse(flag, "", secret, "the command line (--store), where everybody on this machine can read it");
        }

        if (environment is not null)
        {
            return Parse(environment, "", secret, null);
        }

        return file is null ? StoreAddress.OfFile(otherwise) : Parse(file, fileFolder, secret, "the configuration file");
    }

    private static StoreAddress Parse(string text, string folder, Func<string, string?> secret, string? noPlaceForPasswords)
    {
        if (!StoreAddress.IsDatabase(text))
        {
            return StoreAddress.OfFile(Path.Combine(folder, text));
        }

        try
        {
            var address = StoreAddress.OfDatabase(text, () => Secret(secret));
            return address.HasPassword && noPlaceForPasswords is not null
                ? throw new ConfigurationException($"The password of the store stands in {noPlaceForPasswords}. Take it out and set {Password}, or {PasswordFile} to a file that holds it.")
                : address;
        }
        catch (FormatException e)
        {
            throw new ConfigurationException($"{e.Message} (setting store, FIELDMEDIC_STORE, --store)");
        }
    }

    private static string? Secret(Func<string, string?> secret)
    {
        if (secret(Password) is { } password)
        {
            return password;
        }

        try
        {
            return secret(PasswordFile) is { } file ? File.ReadAllText(file).TrimEnd('\r', '\n') : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new JournalException($"The file with the store's password cannot be read: {e.Message} ({PasswordFile})", e);
        }
    }
}

using System.Globalization;
using FieldMedic.GitHub.Identity;

namespace FieldMedic.Hosting;

/// <summary>Reads how to act as a GitHub App, and how far apart writes are.</summary>
internal static class AppSettings
{
    /// <summary>Null when no App is configured.</summary>
    /// <param name="key">Gives the key itself where there is no file of it.</param>
    public static GitHubAppSettings? Read(string? id, string? keyFile, string? installation, Func<string?> key)
    {
        if (id is null)
        {
            return keyFile is null && installation is null
                ? null
                : throw new ConfigurationException("A GitHub App is half configured: its id is missing (setting app_id, FIELDMEDIC_APP_ID).");
        }

        if (keyFile is not null && !File.Exists(keyFile))
        {
            throw new ConfigurationException($"{keyFile} does not exist (setting app_private_key_file, FIELDMEDIC_APP_PRIVATE_KEY_FILE).");
        }

        return new GitHubAppSettings
        {
            AppId = id,
            InstallationId = installation is null ? null : Number(installation),
            PrivateKey = keyFile is null ? key : () => Text(keyFile),
        };
    }

    /// <summary>github.com asks for a second between writes; a server of one's own for nothing.</summary>
    public static TimeSpan Spacing(string? text, Uri api) => text switch
    {
        null => api.Host.Equals("api.github.com", StringComparison.OrdinalIgnoreCase) ? TimeSpan.FromSeconds(1) : TimeSpan.Zero,
        _ when double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var seconds) && seconds <= 60 => TimeSpan.FromSeconds(seconds),
        _ => throw new ConfigurationException($"'{text}' is not a number of seconds from 0 to 60 (setting write_spacing, FIELDMEDIC_WRITE_SPACING)."),
    };

    private static long Number(string text) => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
        ? number
        : throw new ConfigurationException("The installation must be a number (setting app_installation, FIELDMEDIC_APP_INSTALLATION).");

    private static string? Text(string file)
    {
        try
        {
            return File.ReadAllText(file);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // It is said as a missing key, with what to do.
            return null;
        }
    }
}

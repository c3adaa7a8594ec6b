namespace FieldMedic.Hosting;

/// <summary>
/// The webhook's secrets from the environment and from <c>.env</c> files, which are read again whenever they have changed: a secret is
/// rotated without a restart. A file that cannot be read now leaves what it said before.
/// </summary>
internal sealed class WebhookSecrets(IReadOnlyList<string> files)
{
    private static readonly string[] Names = ["FIELDMEDIC_WEBHOOK_SECRET", "FIELDMEDIC_WEBHOOK_SECRET_PREVIOUS"];
    private readonly Lock _gate = new();
    private string _stamp = "";
    private IReadOnlyList<string> _ofFiles = [];

    public IReadOnlyList<string> Read()
    {
        var stamp = string.Join('|', files.Select(f => new FileInfo(f)).Select(f => f.Exists ? $"{f.LastWriteTimeUtc.Ticks}:{f.Length}" : "-"));
        lock (_gate)
        {
            if (stamp != _stamp)
            {
                _ofFiles = OfFiles();
                _stamp = stamp;
            }

            return [.. Names.Select(Environment.GetEnvironmentVariable).Concat(_ofFiles).Where(s => !string.IsNullOrWhiteSpace(s)).Select(s => s!.Trim()).Distinct(StringComparer.Ordinal)];
        }
    }

    private IReadOnlyList<string> OfFiles()
    {
        try
        {
            return [.. files.Distinct(StringComparer.Ordinal).Select(EnvironmentFile.Read).SelectMany(values => Names.Select(values.GetValueOrDefault)).OfType<string>()];
        }
        catch (Exception e) when (e is ConfigurationException or IOException or UnauthorizedAccessException)
        {
            return _ofFiles;
        }
    }
}

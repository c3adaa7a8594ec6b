namespace FieldMedic.Hosting;

/// <summary>
/// The webhook's secrets from the environment and from <c>.env</c> files, which are read again whenever they have changed: a secret is
/// rotated without a restart. A file that cannot be read now leaves what it said before.
/// </summary>
internal sealed class WebhookSecrets(IReadOnlyList<string> files)
{
    private static readonly string[] Names = ["FIELDMEDIC_WEBHOOK_SECRET", "FIELDMEDIC_WEBHOOK_SECRET_PREVIOUS"];
    private readonly Lock _gate = new();
    private readonly (DateTime At, long Length)[] _seen = new (DateTime, long)[files.Count];
    private IReadOnlyList<string> _ofFiles = [];

    public IReadOnlyList<string> Read()
    {
        lock (_gate)
        {
            if (HaveChanged())
            {
                _ofFiles = OfFiles();
            }

            return [.. Names.Select(Environment.GetEnvironmentVariable).Concat(_ofFiles).Where(s => !string.IsNullOrWhiteSpace(s)).Select(s => s!.Trim()).Distinct(StringComparer.Ordinal)];
        }
    }

    private bool HaveChanged()
    {
        var haveChanged = false;
        for (var i = 0; i < _seen.Length; i++)
        {
            var file = new FileInfo(files[i]);
            var now = file.Exists ? (file.LastWriteTimeUtc, file.Length) : default;
            haveChanged |= now != _seen[i];
            _seen[i] = now;
        }

        return haveChanged;
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

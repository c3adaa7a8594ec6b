using FieldMedic.Packs;
using FieldMedic.Platform.Docker;

namespace FieldMedic.Platform.Guards;

/// <summary>Looks up what watches a system: restart policies, health checks, limits, what runs by the clock, FieldMedic itself.</summary>
public sealed class GuardBook
{
    private const string Ofelia = "ofelia.";
    private static readonly string[] UnitFolders = ["/etc/systemd/system", "/usr/lib/systemd/system", "/lib/systemd/system"];
    private static readonly string[] CronPlaces = ["/etc/crontab", "/etc/cron.d", "/var/spool/cron/crontabs"];
    private readonly Pack _pack;
    private readonly DockerEngine? _docker;

    internal GuardBook(Pack pack, DockerEngine? docker) => (_pack, _docker) = (pack, docker);

    /// <exception cref="IOException">The daemon does not answer.</exception>
    public async Task<GuardSurvey> ReadAsync(CancellationToken cancellationToken)
    {
        var containers = _docker is null || _pack.ComposeProject is null ? [] : await _docker.ProjectAsync(_pack.ComposeProject, cancellationToken).ConfigureAwait(false);
        var isLocal = _docker is null || await _docker.RunsHereAsync(cancellationToken).ConfigureAwait(false);
        var services = _pack.Services.Values.Where(s => !s.OneShot)
            .Select(s => (s.Name, All: containers.Where(c => c.Service == s.Name).ToList()))
            .Where(s => s.All.Count > 0)
            .Select(s => new ServiceGuard(
                s.Name,
                s.All.Count,
                s.All.Select(c => c.RestartPolicy).FirstOrDefault(p => p is "no") ?? s.All[0].RestartPolicy,
                s.All.TrueForAll(c => c.HasHealthCheck),
                s.All.TrueForAll(c => c.HasLogLimit),
                s.All.TrueForAll(c => c.MemoryLimit > 0)));
        return new GuardSurvey(
            [.. services],
            [.. containers.SelectMany(LabelledJobs).DistinctBy(j => (j.Where, j.Name)), .. isLocal ? HostJobs() : []],
            isLocal ? [.. Units(), .. HostJobs().Where(j => j.Command.Contains("fieldmedic", StringComparison.Ordinal)).Select(j => $"{j.Where}: {j.Command}"), .. Processes()] : [],
            isLocal);
    }

    private static IEnumerable<CronJob> LabelledJobs(ContainerFacts container)
        => container.Labels.Where(l => l.Key.StartsWith(Ofelia, StringComparison.Ordinal) && l.Key.EndsWith(".schedule", StringComparison.Ordinal))
            .Select(l => (Prefix: l.Key[..^".schedule".Length], Schedule: l.Value))
            .Select(j => new CronJob(container.Service, j.Prefix[(j.Prefix.LastIndexOf('.') + 1)..], j.Schedule, container.Labels.GetValueOrDefault($"{j.Prefix}.command", "")));

    private static IEnumerable<CronJob> HostJobs()
        => CronPlaces.SelectMany(p => Directory.Exists(p) ? Files(p) : File.Exists(p) ? [p] : []).SelectMany(f => CronTable.Read(f, Lines(f)));

    private static IEnumerable<string> Units()
        => UnitFolders.Where(Directory.Exists).SelectMany(Files).Where(f => Path.GetFileName(f).Contains("fieldmedic", StringComparison.Ordinal));

    /// <summary>Running watches of FieldMedic, by their command lines.</summary>
    private static IEnumerable<string> Processes()
    {
        foreach (var folder in Directory.Exists("/proc") ? Directory.GetDirectories("/proc") : [])
        {
            if (int.TryParse(Path.GetFileName(folder), out var id) && id != Environment.ProcessId)
            {
                var argv = string.Concat(Lines(Path.Combine(folder, "cmdline"))).Split('\0', StringSplitOptions.RemoveEmptyEntries);
                if (argv.Any(a => Path.GetFileName(a) is "fieldmedic" or "fieldmedic.dll") && argv.Any(a => a is "watch" or "serve"))
                {
                    yield return $"process {id}: {string.Join(' ', argv.Select(Path.GetFileName))}";
                }
            }
        }
    }

    private static string[] Files(string folder)
    {
        try
        {
            return Directory.GetFiles(folder);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    private static string[] Lines(string file)
    {
        try
        {
            return File.ReadAllLines(file);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }
}

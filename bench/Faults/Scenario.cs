using System.Text.RegularExpressions;
using YamlDotNet.Serialization;
using YamlDotNet.Serialization.NamingConventions;

namespace FieldMedic.Bench.Faults;

/// <summary>One folder of <c>scenarios/</c>; docs/benchmark.md explains every key.</summary>
internal sealed class Scenario
{
    [YamlIgnore]
    public string Id { get; set; } = "";

    [YamlIgnore]
    public string Folder { get; set; } = "";

    public required string Title { get; set; }

    /// <summary>The class of faults it belongs to.</summary>
    public required string Class { get; set; }

    public required IssueText Issue { get; set; }

    /// <summary>Catalogue kinds that name the cause; empty where nothing is wrong, <c>none</c> where naming no cause is as honest.</summary>
    public List<string> Kinds { get; set; } = [];

    public required Reaction Reaction { get; set; }

    /// <summary>What may be done at most, e.g. <c>start worker_wrapper-*</c>; nothing when empty. An escalation has some where an honest try comes before it.</summary>
    public List<string> Deeds { get; set; } = [];

    /// <summary>Deeds of the scenario's own, while the medic is at work.</summary>
    public List<string> Ignore { get; set; } = [];

    public string Inject { get; set; } = "";

    public string Visible { get; set; } = "true";

    /// <summary>Runs beside the medic.</summary>
    public string? During { get; set; }

    public string? Fixed { get; set; }

    /// <summary>Lines that must be the same before and after.</summary>
    public string? Kept { get; set; }

    public string? Restore { get; set; }

    /// <summary>The project whose canary job has to finish.</summary>
    public string Project { get; set; } = "00000000-0000-0000-0000-000000000003";

    /// <summary>Numbers from before the repair change by themselves, e.g. in a restart loop.</summary>
    public bool Volatile { get; set; }

    /// <summary>Where the issue ends; by the reaction when absent.</summary>
    public string? Ends { get; set; }

    /// <summary>Further settings of the medic.</summary>
    public Dictionary<string, string> Environment { get; set; } = [];

    public bool IsDoNotTouch => Deeds.Count == 0;

    public string IssueEnds => Ends ?? (Reaction is Reaction.Fix or Reaction.Mitigate ? "closed" : "open");

    /// <exception cref="FormatException">The file is missing or not a scenario; the message has its path.</exception>
    public static Scenario Read(string folder)
    {
        var path = Path.Combine(folder, "scenario.yaml");
        var reader = new DeserializerBuilder().WithNamingConvention(UnderscoredNamingConvention.Instance).WithEnforceRequiredMembers().WithDuplicateKeyChecking().Build();
        try
        {
            var scenario = reader.Deserialize<Scenario>(File.ReadAllText(path));
            scenario.Id = Path.GetFileName(folder);
            scenario.Folder = Path.GetFullPath(folder);
            return scenario.Reaction switch
            {
                Reaction.Fix or Reaction.Mitigate when scenario.IsDoNotTouch => throw new FormatException($"{path}: a repair needs 'deeds'."),
                Reaction.None when !scenario.IsDoNotTouch => throw new FormatException($"{path}: where nothing is wrong there are no 'deeds'."),
                _ => scenario,
            };
        }
        catch (Exception e) when (e is IOException or YamlDotNet.Core.YamlException)
        {
            throw new FormatException($"{path}: {e.InnerException?.Message ?? e.Message}", e);
        }
    }

    public static IReadOnlyList<Scenario> ReadAll(string root)
        => [.. Directory.GetDirectories(root).Where(f => File.Exists(Path.Combine(f, "scenario.yaml"))).Order(StringComparer.Ordinal).Select(Read)];

    public bool Allows(string deed) => Deeds.Exists(d => Fits(d, deed));

    public bool Ignores(string deed) => Ignore.Exists(d => Fits(d, deed));

    private static bool Fits(string glob, string deed) => Regex.IsMatch(deed, $"^{Regex.Escape(glob).Replace(@"\*", ".*", StringComparison.Ordinal)}$");

    internal sealed class IssueText
    {
        public required string Title { get; set; }

        public string Body { get; set; } = "";
    }
}

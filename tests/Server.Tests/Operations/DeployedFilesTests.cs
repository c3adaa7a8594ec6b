using System.Text.Json;
using System.Text.RegularExpressions;
using YamlDotNet.Serialization;

namespace FieldMedic.Server.Tests.Operations;

/// <summary>What people load into their monitoring asks only for metrics that there are.</summary>
public sealed partial class DeployedFilesTests
{
    private static readonly string Root = Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, "../../../../.."));

    [Fact]
    public void GrafanaDashboard_IsJsonAndAsksForDocumentedMetrics()
    {
        var text = File.ReadAllText(Path.Combine(Root, "deploy/grafana/fieldmedic.json"));
        using var dashboard = JsonDocument.Parse(text);

        dashboard.RootElement.GetProperty("panels").GetArrayLength().ShouldBeGreaterThan(5);
        ShouldBeDocumented(text);
    }

    [Fact]
    public void AlertRules_AreYamlWithAnActionEachAndAskForDocumentedMetrics()
    {
        var text = File.ReadAllText(Path.Combine(Root, "deploy/prometheus/fieldmedic.rules.yaml"));
        var rules = new DeserializerBuilder().Build().Deserialize<Dictionary<string, List<Dictionary<string, object>>>>(text);

        var alerts = ((List<object>)rules["groups"].ShouldHaveSingleItem()["rules"]).Cast<Dictionary<object, object>>().ToList();
        alerts.ShouldAllBe(a => ((Dictionary<object, object>)a["annotations"]).ContainsKey("action"));
        ShouldBeDocumented(text);
    }

    private static void ShouldBeDocumented(string text)
    {
        var documented = Metric().Matches(File.ReadAllText(Path.Combine(Root, "docs/running.md"))).Select(m => m.Value).ToHashSet();
        Metric().Matches(text).Select(m => Suffix().Replace(m.Value, "")).Where(m => !documented.Contains(m)).ShouldBeEmpty();
    }

    [GeneratedRegex(@"\b(fieldmedic|http_server)_[a-z_]*(total|seconds)(_bucket|_count)?", RegexOptions.ExplicitCapture)]
    private static partial Regex Metric();

    [GeneratedRegex("_(bucket|count)$", RegexOptions.ExplicitCapture)]
    private static partial Regex Suffix();
}

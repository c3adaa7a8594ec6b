using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using FieldMedic.Mcp.Tests.Harness;

namespace FieldMedic.Mcp.Tests.Actions;

/// <summary>
/// Runs the scripts of the action as GitHub's runner does: expressions in <c>env</c> are replaced, each script is a file given to
/// <c>bash --noprofile --norc -eo pipefail</c>, outputs and summary are read from the files named to it. Steps that use other
/// actions are left out.
/// </summary>
internal sealed partial class Runner
{
    private readonly Ward _ward;
    private readonly Dictionary<string, string> _outputs = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _inputs;
    private readonly JsonNode _event;

    public Runner(Ward ward, JsonNode happened, params (string Name, string Value)[] inputs)
    {
        _ward = ward;
        _event = happened;
        _inputs = new Dictionary<string, string>(ActionFile.Read().Defaults, StringComparer.Ordinal);
        foreach (var (name, value) in inputs)
        {
            _inputs.ShouldContainKey(name);
            _inputs[name] = value;
        }

        Directory.CreateDirectory(Temp);
        foreach (var (name, value) in new[] { ("RUNNER_TEMP", Temp), ("GITHUB_EVENT_PATH", ward.Stage.Folder.File("event.json")), ("GITHUB_ACTIONS", "true"), ("GITHUB_STEP_SUMMARY", ward.Stage.Folder.File("summary.md")), ("GITHUB_ENV", ward.Stage.Folder.File("github.env")) })
        {
            ward.Environment[name] = value;
        }

        File.WriteAllText(ward.Environment["GITHUB_EVENT_PATH"]!, happened.ToJsonString());
        File.WriteAllText(ward.Environment["GITHUB_STEP_SUMMARY"]!, "");
        File.WriteAllText(ward.Environment["GITHUB_ENV"]!, "");
    }

    public string Temp => _ward.Stage.Folder.File("runner temp");

    public string Log { get; private set; } = "";

    public bool Failed { get; private set; }

    public string Summary => File.ReadAllText(_ward.Environment["GITHUB_STEP_SUMMARY"]!);

    public async Task RunAsync()
    {
        // A runner has the token only where the action passes it on.
        var token = _ward.Environment["GITHUB_TOKEN"];
        _ward.Environment["GITHUB_TOKEN"] = null;
        foreach (var step in ActionFile.Read().Steps.Where(s => s.Run is not null && (!Failed || s.If == "always()")))
        {
            (step.If is null or "always()").ShouldBeTrue(step.If);
            var before = new Dictionary<string, string?>(_ward.Environment);
            var output = _ward.Stage.Folder.File($"output-{Guid.CreateVersion7()}");
            await File.WriteAllTextAsync(output, "", TestContext.Current.CancellationToken);
            _ward.Environment["GITHUB_OUTPUT"] = output;
            foreach (var (name, value) in step.Environment)
            {
                _ward.Environment[name] = Expand(value, token!);
            }

            var script = _ward.Stage.Folder.File("step.sh");
            await File.WriteAllTextAsync(script, step.Run, TestContext.Current.CancellationToken);
            var ran = await _ward.RunAsync("bash", "--noprofile", "--norc", "-eo", "pipefail", script);
            Log += ran.All;
            Failed |= ran.Code != 0;
            foreach (var line in await File.ReadAllLinesAsync(output, TestContext.Current.CancellationToken))
            {
                var equals = line.IndexOf('=', StringComparison.Ordinal);
                _outputs[$"steps.{step.Id}.outputs.{line[..equals]}"] = line[(equals + 1)..];
            }

            _ward.Environment.Clear();
            foreach (var (name, value) in before)
            {
                _ward.Environment[name] = value;
            }
        }
    }

    public string Output(string name) => Expand(ActionFile.Read().Outputs[name], "");

    private string Expand(string text, string token) => Expression().Replace(text, m => m.Groups[1].Value.Split("||").Select(t => Look(t.Trim(), token)).FirstOrDefault(v => v.Length > 0) ?? "");

    private string Look(string name, string token) => name switch
    {
        "github.token" => token,
        "github.action_path" => ActionFile.Folder,
        _ when name.StartsWith("inputs.", StringComparison.Ordinal) => Expand(_inputs[name["inputs.".Length..]], token),
        _ when name.StartsWith("github.event.", StringComparison.Ordinal) => name.Split('.').Skip(2).Aggregate((JsonNode?)_event, (node, field) => node?[field])?.ToString() ?? "",
        _ when name.StartsWith("steps.", StringComparison.Ordinal) => _outputs.GetValueOrDefault(name, ""),
        _ => throw new InvalidOperationException($"An expression the tests do not know: {name}"),
    };

    [GeneratedRegex(@"\$\{\{(.*?)\}\}")]
    private static partial Regex Expression();
}

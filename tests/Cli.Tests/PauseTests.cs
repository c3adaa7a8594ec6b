using System.Text.RegularExpressions;
using FieldMedic.Testing;

namespace FieldMedic.Cli.Tests;

public sealed partial class PauseTests
{
    [Fact]
    public async Task PauseAndResume_AreAsApproved()
    {
        await using var desk = await Desk.OpenAsync();
        var text = new List<string>();

        foreach (var verb in new[] { "pause", "resume", "pause --all", "resume", "resume --all" })
        {
            var ran = await desk.RunAsync(verb.Split(' '));
            var json = await desk.RunAsync([.. verb.Split(' '), "--json"]);
            (ran.Code, json.Code).ShouldBe((0, 0), ran.All + json.All);
            text.Add($"$ {verb}\n{ran.Output}{json.Output}");
        }

        Approved.Check(Moment().Replace(string.Join('\n', text), "by NAME at TIME"), "pause");
    }

    [GeneratedRegex(@"by \S+ at \S+Z")]
    private static partial Regex Moment();
}

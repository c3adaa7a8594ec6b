using System.Globalization;
using System.Text;
using FieldMedic.Incidents;

namespace FieldMedic.Report;

/// <summary>What was asked for in comments and answered; the newest answer in full, the ones before in a line.</summary>
internal sealed class TalkLines(Redactor redactor)
{
    private const int Most = 10;

    public void Write(StringBuilder text, Incident incident)
    {
        if (incident.Commands.IsEmpty)
        {
            return;
        }

        text.AppendLine("**Asked for in comments**").AppendLine();
        foreach (var said in incident.Commands.TakeLast(Most))
        {
            var word = said.Command is { } command ? command.ToString().ToLowerInvariant() : "a command";
            var first = said.Answer.Count > 0 ? redactor.Clean(said.Answer[0]) : "";
            text.AppendLine(CultureInfo.InvariantCulture, $"- `{redactor.Clean(said.By)}`, {word}: {(said.Done ? "" : "not done, ")}{first}");
        }

        foreach (var line in incident.Commands[^1].Answer.Skip(1))
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"  - {redactor.Clean(line)}");
        }

        text.AppendLine();
    }
}

using System.ComponentModel;
using FieldMedic.Hosting;
using FieldMedic.Mcp.Answers;
using ModelContextProtocol.Server;

namespace FieldMedic.Mcp.Resources;

/// <summary>What the pack knows: the closed sets that arguments select from.</summary>
[McpServerResourceType]
internal sealed class PackResources(FieldMedicHost host, Answer answer)
{
    [McpServerResource(UriTemplate = "fieldmedic://pack", Name = "pack", Title = "The pack", MimeType = "application/json")]
    [Description("Services, problems with their remedies, chains, complaint kinds and limits of the system under care.")]
    public string Pack() => answer.Text(new
    {
        system = host.Pack.System,
        title = host.Pack.Title,
        services = host.Pack.Services.Values.Select(s => new { name = s.Name, needs = s.Needs, one_shot = s.OneShot }).ToArray(),
        problems = host.Pack.Problems.Select(p => new
        {
            id = p.Id,
            kind = p.Kind,
            service = p.Service,
            title = p.Title,
            when = p.When.Select(c => c.ToString()).ToArray(),
            explains = p.Explains,
            remedies = p.Remedies,
            advisory = p.IsAdvisory,
            next_step = p.NextStep,
        }).ToArray(),
        remedies = host.Pack.Remedies.Values.Select(r => new { id = r.Id, kind = r.Kind, risk = r.Risk, autonomy = r.Autonomy, temporary = r.Temporary }).ToArray(),
        chains = host.Pack.Chains.Select(c => new { id = c.Id, title = c.Title, links = c.Links.Select(l => l.Name).ToArray() }).ToArray(),
        complaints = host.Pack.Complaints.Select(c => new { id = c.Id, nature = c.Nature }).ToArray(),
        policy = new { autonomy = host.Pack.Policy.Autonomy, window_seconds = host.Pack.Policy.Window.TotalSeconds, attempts = host.Pack.Policy.Attempts, actions_per_hour = host.Pack.Policy.ActionsPerHour },
    });
}

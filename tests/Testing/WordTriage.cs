using FieldMedic.Incidents;
using FieldMedic.Intake;
using FieldMedic.Packs;

namespace FieldMedic.Testing;

/// <summary>Triage by plain substrings of the symptoms; enough for flow tests.</summary>
public sealed class WordTriage(Pack pack) : IComplaintTriage
{
    public Complaint Judge(string title, string body, IEnumerable<string> comments)
    {
        var text = string.Join('\n', [title, body, .. comments]);
        var matched = pack.Complaints.Where(c => c.Symptoms.Any(s => text.Contains(s, StringComparison.OrdinalIgnoreCase))).ToList();
        return new Complaint([.. matched.Select(c => c.Id)], [.. matched.SelectMany(c => c.Symptoms)]);
    }
}

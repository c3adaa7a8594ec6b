using FieldMedic.Packs.Yaml.Nodes;

namespace FieldMedic.Packs.Yaml.Reading;

internal static class ComplaintsReader
{
    public static (IReadOnlyList<ComplaintSpec> Complaints, IReadOnlyList<ScalarNode> Declared) Read(Fields pack, PackReading reading, IReadOnlyDictionary<string, IReadOnlyList<string>> vocabulary)
    {
        var complaints = new List<ComplaintSpec>();
        var declared = new List<ScalarNode>();
        foreach (var (id, node) in pack.Entries("complaints"))
        {
            declared.Add(id);
            if (!PackNames.Check(id, reading, "a complaint kind") || Fields.Of(node, reading, $"Complaint kind '{id.Value}'") is not { } fields)
            {
                continue;
            }

            var nature = fields.Value("nature", ComplaintNature.Fault);
            var kind = fields.Text("kind");
            var isBroad = fields.Value("broad", false);
            var symptoms = fields.Texts("symptoms");
            fields.Close();
            foreach (var (phrase, at) in symptoms)
            {
                if (SymptomPhrase.Parse(phrase, vocabulary, out var error) is null)
                {
                    reading.Error(PackCodes.BadSymptom, at, error!);
                }
            }

            complaints.Add(new ComplaintSpec(id.Value, nature, [.. symptoms.Select(s => s.Text)], kind, isBroad));
        }

        return (complaints, declared);
    }
}

namespace FieldMedic.Packs.Yaml.Reading;

internal static class VocabularyReader
{
    public static IReadOnlyDictionary<string, IReadOnlyList<string>> Read(Fields pack, PackReading reading)
    {
        var vocabulary = new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal);
        foreach (var (name, node) in pack.Entries("vocabulary"))
        {
            var words = new List<string>();
            foreach (var (text, at) in Values.Texts(node, reading, $"'{name.Value}'"))
            {
                if (SymptomPhrase.IsTerm(text))
                {
                    words.AddRange(text.Split('|'));
                }
                else
                {
                    reading.Error(PackCodes.BadSymptom, at, $"'{text}' is not one term of a symptom; write alternatives, e.g. 'crash*|not_running'.");
                }
            }

            if (PackNames.Check(name, reading, "words of like meaning"))
            {
                vocabulary[name.Value] = words;
            }
        }

        return vocabulary;
    }
}

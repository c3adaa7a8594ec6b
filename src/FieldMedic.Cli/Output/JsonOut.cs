using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using FieldMedic.Journal;

namespace FieldMedic.Cli.Output;

/// <summary>The one JSON object on standard output.</summary>
internal static class JsonOut
{
    private static readonly JsonSerializerOptions Options = new(JournalJson.Options)
    {
        WriteIndented = true,
        DefaultIgnoreCondition = JsonIgnoreCondition.Never,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static void Write(object value) => Console.Out.WriteLine(JsonSerializer.Serialize(value, Options));
}

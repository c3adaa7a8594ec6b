using System.Text.Json;

namespace FieldMedic.Mcp.Answers;

/// <summary>Enums as <c>--json</c> and the journal write them.</summary>
internal static class Words
{
    public static string? Of(Enum? value) => value is null ? null : JsonNamingPolicy.SnakeCaseLower.ConvertName(value.ToString());
}

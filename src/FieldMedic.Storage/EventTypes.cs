using System.Reflection;
using System.Text.Json.Serialization;
using FieldMedic.Incidents;

namespace FieldMedic.Storage;

/// <summary>How each kind of event is called in the journal.</summary>
internal static class EventTypes
{
    private static readonly Dictionary<Type, string> Types = typeof(IncidentEvent).GetCustomAttributes<JsonDerivedTypeAttribute>()
        .ToDictionary(a => a.DerivedType, a => (string)a.TypeDiscriminator!);

    public static string Of(IncidentEvent happened) => Types[happened.GetType()];
}

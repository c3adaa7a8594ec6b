using System.Reflection;
using System.Text.Json.Serialization;
using FieldMedic.Incidents;

namespace FieldMedic.Storage;

/// <summary>How an event is called in the journal.</summary>
internal static class StoredEvent
{
    private static readonly Dictionary<Type, string> Types = typeof(IncidentEvent).GetCustomAttributes<JsonDerivedTypeAttribute>()
        .ToDictionary(a => a.DerivedType, a => (string)a.TypeDiscriminator!);

    public static string TypeOf(IncidentEvent happened) => Types[happened.GetType()];
}

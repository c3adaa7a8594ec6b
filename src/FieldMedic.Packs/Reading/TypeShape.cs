using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.Json;

namespace FieldMedic.Packs.Yaml.Reading;

/// <summary>What the binder and the schema both read from a settings type, so that they can not disagree.</summary>
internal static class TypeShape
{
    public static IEnumerable<PropertyInfo> Keys(Type type)
        => type.GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(p => p.SetMethod is { IsPublic: true } && p.GetIndexParameters().Length == 0);

    public static string Key(PropertyInfo property) => Snake(property.Name);

    public static string Snake(string name) => JsonNamingPolicy.SnakeCaseLower.ConvertName(name);

    public static bool IsRequired(PropertyInfo property) => property.IsDefined(typeof(RequiredMemberAttribute));

    public static bool IsSettings(Type type)
        => type is { IsClass: true, IsAbstract: false } && type != typeof(string) && !type.IsArray && type.GetConstructor(Type.EmptyTypes) is not null;

    public static Type? ElementOfMap(Type type)
        => type.IsGenericType && type.GetGenericArguments() is [var key, var value] && key == typeof(string)
            && type.IsAssignableFrom(typeof(Dictionary<,>).MakeGenericType(key, value))
            ? value
            : null;

    public static Type? ElementOfList(Type type)
        => type.IsArray ? type.GetElementType()
            : type.IsGenericType && type.GetGenericArguments() is [var element] && type.IsAssignableFrom(element.MakeArrayType()) ? element : null;
}

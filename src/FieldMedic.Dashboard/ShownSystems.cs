using FieldMedic.Dashboard.Health;
using FieldMedic.Dashboard.History;

namespace FieldMedic.Dashboard;

/// <summary>The systems under care that the pages show, each with what is known of it.</summary>
internal sealed class ShownSystems(IReadOnlyList<ShownSystems.One> all)
{
    /// <summary>In addresses and forms.</summary>
    public const string Parameter = "system";

    /// <summary>One system.</summary>
    internal sealed record One(DashboardSource Source, JournalFollower Journal, HealthKeeper Health)
    {
        public string Name => Source.Pack.System;
    }

    public IReadOnlyList<One> All => all;

    /// <summary>By name; null when there is none of it, or several and no name.</summary>
    public One? Named(string? name) => string.IsNullOrEmpty(name) && all.Count == 1 ? all[0] : all.FirstOrDefault(s => s.Name == name);

    /// <summary>What a page is about that names its system by the query <c>system</c>: the first, when it names none or one there is not.</summary>
    public One Asked(HttpContext? context) => Named(context?.Request.Query[Parameter]) ?? all[0];
}

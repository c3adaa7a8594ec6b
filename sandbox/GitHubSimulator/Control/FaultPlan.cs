using System.Collections.Immutable;
using System.Text.RegularExpressions;

namespace GitHubSimulator.Control;

/// <summary>The faults still to come, first added first used. Safe to use from several threads.</summary>
public sealed class FaultPlan
{
    private readonly Lock gate = new();
    private ImmutableList<Fault> faults = [];

    /// <summary>What has not been used up.</summary>
    public IReadOnlyList<Fault> Pending
    {
        get
        {
            lock (gate)
            {
                return faults;
            }
        }
    }

    /// <summary>Adds a fault.</summary>
    /// <exception cref="ArgumentException">Its path is no regular expression.</exception>
    public void Add(Fault fault)
    {
        ArgumentNullException.ThrowIfNull(fault);
        _ = Regex(fault.Path ?? string.Empty);
        lock (gate)
        {
            faults = faults.Add(fault);
        }
    }

    /// <summary>Forgets all faults.</summary>
    public void Clear()
    {
        lock (gate)
        {
            faults = [];
        }
    }

    internal Fault? Take(string method, string path)
    {
        lock (gate)
        {
            foreach (var fault in faults.Where(fault => Matches(fault, method, path)))
            {
                var left = fault.Skip > 0 ? fault with { Skip = fault.Skip - 1 } : fault with { Times = fault.Times - 1 };
                faults = left.Times > 0 ? faults.Replace(fault, left) : faults.Remove(fault);
                return fault.Skip > 0 ? null : fault;
            }

            return null;
        }
    }

    private static bool Matches(Fault fault, string method, string path) =>
        (fault.Method is null || string.Equals(fault.Method, method, StringComparison.OrdinalIgnoreCase))
        && (fault.Path is null || Regex(fault.Path).IsMatch(path));

    private static Regex Regex(string pattern) =>
        new(pattern, RegexOptions.CultureInvariant | RegexOptions.NonBacktracking);
}

using System.Globalization;

namespace FieldMedic.Bench.Patient;

/// <summary>Runs of one measurement, in milliseconds.</summary>
internal sealed class Figures(string name)
{
    private readonly List<double> _values = [];

    public string Name { get; } = name;

    public double Median => At(0.5);

    public void Add(double milliseconds) => _values.Add(milliseconds);

    public string Row() => string.Create(CultureInfo.InvariantCulture, $"| {Name} | {_values.Count} | {Median:0.0} | {At(0):0.0} | {At(0.9):0.0} | {At(1):0.0} |");

    private double At(double quantile)
    {
        var sorted = _values.Order().ToList();
        return sorted.Count == 0 ? double.NaN : sorted[(int)Math.Round(quantile * (sorted.Count - 1))];
    }
}

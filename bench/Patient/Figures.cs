using System.Globalization;

namespace FieldMedic.Bench.Patient;

/// <summary>Runs of one measurement, in milliseconds unless its name says otherwise.</summary>
internal sealed class Figures(string name)
{
    private readonly List<double> _values = [];

    public string Name { get; } = name;

    public double Median => At(0.5);

    public double Min => At(0);

    public double Max => At(1);

    public void Add(double value) => _values.Add(value);

    public string Row() => string.Create(CultureInfo.InvariantCulture, $"| {Name} | {_values.Count} | {Median:0.0} | {Min:0.0} | {At(0.9):0.0} | {Max:0.0} |");

    private double At(double quantile)
    {
        var sorted = _values.Order().ToList();
        return sorted.Count == 0 ? double.NaN : sorted[(int)Math.Round(quantile * (sorted.Count - 1))];
    }
}

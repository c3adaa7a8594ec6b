using System.Globalization;

namespace FieldMedic.Kpis;

/// <summary>What a figure should be: above or below a value, in the figure's unit.</summary>
public sealed record Target(bool IsCeiling, double Value, string Unit)
{
    public static Target Above(double percent) => new(false, percent, "%");

    public static Target Below(double value, string unit = "%") => new(true, value, unit);

    public bool IsMetBy(double value) => IsCeiling ? value < Value : value > Value;

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{(IsCeiling ? '<' : '>')} {Value:0.#} {Unit}");
}

namespace FieldMedic.Cli.Commands;

/// <summary>One thing that the doctor looked at.</summary>
/// <param name="NextStep">What to do when it is not well; never with a secret in it.</param>
internal sealed record DoctorCheck(string Name, bool Ok, string Detail, string NextStep);

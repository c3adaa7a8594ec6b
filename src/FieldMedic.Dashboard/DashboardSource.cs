using FieldMedic.Journal;
using FieldMedic.Packs;
using FieldMedic.Report;

namespace FieldMedic.Dashboard;

/// <summary>Everything the pages show and the one thing they change.</summary>
/// <param name="Diagnose">One sweep over the system and what it means; writes nothing.</param>
/// <param name="TrackerWeb">Where people read the issues.</param>
internal sealed record DashboardSource(Pack Pack, IJournal Journal, IControls Controls, Redactor Redactor, Func<CancellationToken, Task<Diagnosis>> Diagnose, Uri TrackerWeb);

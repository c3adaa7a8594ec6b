using System.CommandLine;
using FieldMedic.Bench.Faults;
using FieldMedic.Bench.Patient;
using FieldMedic.Bench.Ssh;
using FieldMedic.Bench.Triage;

var root = new RootCommand("Measures FieldMedic and writes bench/RESULTS.md, each command its own section.");
var patient = new Command("patient", "Sweeps, whole processes and repairs on the sandbox patient, and the journal. Run by bench/run.");
patient.SetAction((_, cancellation) => PatientBench.RunAsync(cancellation));
root.Add(patient);
var triage = new Command("triage", "The pack's phrases beside a trained classifier, on labelled reports, by cross-validation.");
triage.SetAction((_, cancellation) => TriageBench.RunAsync(cancellation));
root.Add(triage);
var ssh = new Command("ssh", "Sweeps of the sandbox patient over a real sshd, beside as many ssh … docker … commands.");
ssh.SetAction((_, cancellation) => SshBench.RunAsync(cancellation));
root.Add(ssh);
root.Add(FaultsCommand.Build());
return await root.Parse(args).InvokeAsync();

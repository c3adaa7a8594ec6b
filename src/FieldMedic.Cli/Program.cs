using FieldMedic.Cli;
using FieldMedic.Cli.Demo;

// The demo's own processes are this binary too; they start without building the command tree.
return args is ["demo-system", ..]
    ? await DemoSystem.RunAsync(args[1..]).ConfigureAwait(false)
    : await CommandLine.RunAsync(args).ConfigureAwait(false);

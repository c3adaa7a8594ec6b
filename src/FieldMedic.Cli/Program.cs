using FieldMedic.Cli;

return await CommandLine.RunAsync(args).ConfigureAwait(false);

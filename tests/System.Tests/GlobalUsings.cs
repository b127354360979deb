global using Seats.Testing;
global using Xunit;

// Each starts up to seven processes: side by side they would measure the machine.
[assembly: CollectionBehavior(DisableTestParallelization = true)]

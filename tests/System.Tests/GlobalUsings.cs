global using Seats.Testing;
global using Xunit;

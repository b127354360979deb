global using Seats.Testing.Postgres;
global using Xunit;

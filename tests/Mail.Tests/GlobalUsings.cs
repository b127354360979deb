global using Seats.Grains.Notify;
global using Xunit;

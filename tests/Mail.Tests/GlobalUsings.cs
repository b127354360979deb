global using Seats.Core.Notifications;
global using Xunit;

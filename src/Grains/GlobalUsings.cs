global using EventState = Seats.Grains.Seating.EventState;

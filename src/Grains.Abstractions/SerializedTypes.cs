using Seats.Core;

// Core has the serialization attributes and nothing else of Orleans: what puts its commands and views on the wire is made here.
[assembly: GenerateCodeForDeclaringAssembly(typeof(Seats.Core.Requester))]

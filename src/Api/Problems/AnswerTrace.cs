namespace Seats.Api.Problems;

/// <summary>The trace id of answers to a keyed command: it follows from the command, so that its repetition has the same.</summary>
internal sealed record AnswerTrace(string Id);

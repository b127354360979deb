using Seats.Core;

namespace Seats.Api.Problems;

/// <summary>Says which rule a member breaks, and what would be right.</summary>
internal static class RuleTexts
{
    public static IReadOnlyDictionary<string, IReadOnlyList<string>> Of(IReadOnlyList<Violation> violations, Language language) =>
        violations.GroupBy(violation => violation.Member)
            .ToDictionary(group => group.Key, group => (IReadOnlyList<string>)[.. group.Select(violation => Text(violation).In(language)).Distinct()]);

    private static Said Text(Violation violation) => violation.Rule switch
    {
        Rules.Required => new Said("is required", "est obligatoire"),
        Rules.Length => new Said(
            $"must have {violation.AtLeast ?? 0} to {violation.AtMost} characters", $"doit compter de {violation.AtLeast ?? 0} à {violation.AtMost} caractères"),
        Rules.Range when violation.AtMost is long.MaxValue => new Said($"must be at least {violation.AtLeast}", $"doit être au moins {violation.AtLeast}"),
        Rules.Range when violation.AtMost is null => new Said("is out of range", "est hors limites"),
        Rules.Range => new Said($"must be from {violation.AtLeast ?? 0} to {violation.AtMost}", $"doit être compris entre {violation.AtLeast ?? 0} et {violation.AtMost}"),
        Rules.Count => new Said($"must have {violation.AtLeast ?? 0} to {violation.AtMost} items", $"doit compter de {violation.AtLeast ?? 0} à {violation.AtMost} éléments"),
        Rules.DaysAtMost => new Said($"must be more than nothing and at most {violation.AtMost} days", $"doit être plus que rien et au plus {violation.AtMost} jours"),
        Rules.Address => new Said("must be an e-mail address", "doit être une adresse e-mail"),
        Rules.AddressLetters => new Said(
            "must have no other letters than those of ASCII before the @: mail servers here do not take them",
            "ne doit avoir avant le @ que des lettres ASCII : les serveurs de courrier ici n’acceptent pas les autres"),
        Rules.Positions => new Said(
            $"must be positions in the row, 1 to {violation.AtMost}, counted from its first seat and not the numbers printed on the seats",
            $"doit donner des positions dans la rangée, de 1 à {violation.AtMost}, depuis son premier siège, et non les numéros imprimés"),
        Rules.Guessed => new Said(
            "is one that everybody would try first: choose another, such as a few words that only you put together",
            "est l’un des premiers que l’on essaierait : choisissez-en un autre, par exemple quelques mots que vous seul assembleriez"),
        Rules.Past => new Said("must not be in the past", "ne doit pas être dans le passé"),
        Rules.Order => new Said("is out of order with the other times", "est incohérent avec les autres dates"),
        Rules.Unknown => new Said("names something that does not exist", "désigne quelque chose qui n’existe pas"),
        Rules.Duplicate => new Said("names the same thing twice", "désigne deux fois la même chose"),
        Rules.Characters => new Said("has characters that are not allowed", "contient des caractères non autorisés"),
        Rules.Conflict when violation.AtMost is { } only => new Said($"does not fit the rest; {only} would", $"ne concorde pas avec le reste ; {only} conviendrait"),
        Rules.Conflict => new Said("does not fit the other members", "ne concorde pas avec les autres champs"),
        Types.Text => new Said("must be text", "doit être un texte"),
        Types.Number => new Said("must be a whole number", "doit être un nombre entier"),
        Types.Boolean => new Said("must be true or false", "doit être true ou false"),
        Types.List => new Said("must be a list", "doit être une liste"),
        Types.Time => new Said("must be a time from 1970 to 2999, such as 2027-06-15T14:00:00 or 2027-06-15T14:00:00+02:00", "doit être une date entre 1970 et 2999, telle que 2027-06-15T14:00:00 ou 2027-06-15T14:00:00+02:00"),
        Types.Duration => new Said("must be a duration such as PT1H", "doit être une durée telle que PT1H"),
        _ when violation.Rule.StartsWith(Rules.Alike, StringComparison.Ordinal) => new Said(
            $"cannot be told from {violation.Rule[Rules.Alike.Length..]} by those who read it",
            $"ne se distingue pas de {violation.Rule[Rules.Alike.Length..]} pour qui le lit"),
        _ when violation.Rule.StartsWith(Types.OneOf, StringComparison.Ordinal) => new Said(
            $"must be one of {violation.Rule[Types.OneOf.Length..]}", $"doit être l’une des valeurs {violation.Rule[Types.OneOf.Length..]}"),
        _ => new Said("has the wrong form", "n’a pas la bonne forme"),
    };
}

/// <summary>Rules about the form of a member, as stable names.</summary>
internal static class Types
{
    public const string Text = "type.text";
    public const string Number = "type.number";
    public const string Boolean = "type.boolean";
    public const string List = "type.list";
    public const string Time = "type.time";
    public const string Duration = "type.duration";
    public const string OneOf = "type.one_of ";
    public const string Form = "type.form";
}

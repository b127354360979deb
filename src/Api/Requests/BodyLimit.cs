using Microsoft.AspNetCore.Http.Metadata;
using Seats.Core;

namespace Seats.Api.Requests;

/// <summary>
/// How many bytes the body of an endpoint may have: as many as the largest takes that the rules of an event allow, however it is written.
/// </summary>
internal sealed record BodyLimit(int Bytes) : IRequestSizeLimitMetadata
{
    public const int Default = 16 * 1024;

    /// <summary>Room for as many places as one command may name, and for the sections and categories it may choose from.</summary>
    public const int Places = Default + Limits.PlacesInOneCommandAtMost * NameBytes + 2 * Limits.SectionsAtMost * LabelBytes;

    /// <summary>Room for as many places as may be blocked at once.</summary>
    public const int Blocks = Default + Limits.SeatsBlockedAtOnceAtMost * NameBytes;

    /// <summary>Room for an event with the largest plan, all texts and all people; also as the event is read, with every default.</summary>
    public const int Events = Default + TextBytes + PeopleBytes + PlanBytes;

    // A character as an escape: \u00e9. Those that people count as one may be two of these.
    private const int CharBytes = 6;

    // Quotes, a comma, and what names and numbers of members take in one item of a list.
    private const int FrameBytes = 80;
    private const int GapBytes = 6;

    private const int LabelBytes = Limits.LabelCharsAtMost * CharBytes + 3;
    private const int NameBytes = Limits.PlaceCharsAtMost * CharBytes + 3;
    private const int TextBytes = 2 * CharBytes * (Limits.TitleCharsAtMost + Limits.DescriptionCharsAtMost + Limits.LocationCharsAtMost);
    private const int PeopleBytes = (Limits.CoOrganisersAtMost + Limits.HelpersAtMost) * (Limits.PersonIdCharsAtMost * CharBytes + 3);
    private const int SectionBytes = 2 * LabelBytes + Limits.NameCharsAtMost * CharBytes + FrameBytes;
    private const int RowBytes = LabelBytes + FrameBytes;
    private const int PlanBytes = Limits.SectionsAtMost * SectionBytes + Limits.RowsAtMost * RowBytes + Limits.PositionsAtMost * GapBytes;

    long? IRequestSizeLimitMetadata.MaxRequestBodySize => Bytes;

    /// <summary>The limit of the endpoint that was called.</summary>
    public static int Of(HttpContext context) => context.GetEndpoint()?.Metadata.GetMetadata<BodyLimit>()?.Bytes ?? Default;
}

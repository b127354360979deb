using System.Text.Json.Serialization.Metadata;
using Seats.Api.Json;

namespace Seats.Api.Events;

/// <summary>Plans nest deeper than other bodies.</summary>
internal static class EventJson
{
    private const int DepthAtMost = 16;

    public static JsonTypeInfo<EventBody> Body { get; } = Deep();

    private static JsonTypeInfo<EventBody> Deep()
    {
        var options = ApiJson.StrictOptions();
        options.MaxDepth = DepthAtMost;
        return new ApiJson(options).EventBody;
    }
}

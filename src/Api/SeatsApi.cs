using Microsoft.Extensions.DependencyInjection.Extensions;
using Seats.Api.Accounts;
using Seats.Api.CheckIn;
using Seats.Api.Docs;
using Seats.Api.Events;
using Seats.Api.Explain;
using Seats.Api.Health;
using Seats.Api.Hosting;
using Seats.Api.Invitations;
using Seats.Api.Notifications;
using Seats.Api.Places;
using Seats.Api.Problems;
using Seats.Api.Requests;
using Seats.Clustering;
using Seats.Identity;

namespace Seats.Api;

/// <summary>The HTTP front end, for a host that brings an Orleans client.</summary>
public static class SeatsApi
{
    /// <summary>Adds everything the API needs, the issuer of its tokens included.</summary>
    /// <param name="dataFolder">Where accounts are kept when there is no Postgres.</param>
    public static void AddSeatsApi(this WebApplicationBuilder builder, string dataFolder)
    {
        if (builder.Configuration["Seats:TimeZone"] is { Length: > 0 } zone && EventTimes.ZoneOf(zone) is null)
            throw new InvalidOperationException($"Seats:TimeZone is no time zone of the IANA database: {zone}.");
        EventsApi.OfferClockOf(builder.Configuration);
        PlannedQuota.BoundsOf(builder.Configuration);
        builder.WebHost.ConfigureKestrel(ApiDefaults.Bound);
        builder.Services.AddSeatsIdentity(builder.Configuration, dataFolder);
        builder.Services.AddAuthorization(ApiDefaults.DenyUnlessAllowed);
        builder.Services.TryAddSingleton<GatewayLosses>();
        builder.Services.AddSingleton<Attempts>();
        builder.Services.AddSingleton<DirectoryCalls>();
        builder.Services.AddSingleton<KnownEvents>();
        builder.Services.AddSingleton<MissedCommands>();
        builder.Services.AddSingleton<ListedEvents>();
        builder.Services.AddSingleton<EventCalls>();
        builder.Services.AddSingleton<Invitations.InvitationQuota>();
        builder.Services.AddSingleton<PlannedQuota>();
        builder.Services.AddSingleton<KeptCommands>();
        builder.Services.AddSingleton<VerificationMails>();
        builder.Services.AddHostedService(provider => provider.GetRequiredService<VerificationMails>());
        builder.Services.AddSingleton<BodyRoom>();
        builder.Services.AddSingleton<BuiltDocs>();
        builder.Services.AddSingleton<SeatMaps>();
        builder.Services.AddHostedService(provider => provider.GetRequiredService<SeatMaps>());
    }

    /// <summary>Maps every call.</summary>
    public static void MapSeatsApi(this WebApplication app)
    {
        app.UseMiddleware<HeadRequests>();
        app.UseMiddleware<PlainProblems>();
        app.UseRouting();
        // The issuer answers its own paths here.
        app.UseAuthentication();
        app.UseMiddleware<Unrouted>();
        app.UseAuthorization();
        app.MapSeatsIdentity();
        AccountsApi.Map(app);
        VerifyApi.Map(app);
        EventsApi.Map(app);
        MapPlaces(app);
        HealthApi.Map(app);
        ProblemsApi.Map(app);
        DocsApi.Map(app);
    }

    private static void MapPlaces(IEndpointRouteBuilder routes)
    {
        Places.SeatsApi.Map(routes);
        HoldsApi.Map(routes);
        InvitationsApi.Map(routes);
        WaitlistApi.Map(routes);
        ExplainApi.Map(routes);
        CheckInApi.Map(routes);
        NotificationsApi.Map(routes);
        UnsubscribeApi.Map(routes);
    }
}

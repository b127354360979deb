using Microsoft.Extensions.Time.Testing;
using Seats.Core;

namespace Seats.Grains.Tests.Grain;

/// <summary>Invitations of one person, or to one address, within an hour.</summary>
public sealed class InvitationQuotaTests
{
    private readonly FakeTimeProvider time = new(new DateTimeOffset(2027, 1, 1, 12, 0, 30, TimeSpan.Zero));

    [Fact]
    public async Task Quota_IsThatOfAnHour_AndSaysWhenThereIsRoomAgain()
    {
        var quota = new InvitationQuotaGrain(time);
        for (var sent = 0; sent < 3; sent++)
        {
            Assert.Equal(0, await quota.SecondsToWait(3));
            await quota.Count();
            time.Advance(TimeSpan.FromMinutes(10));
        }
        // The first was sent at 12:00:30, and it is 12:30:30.
        Assert.Equal(30 * 60 - 30, await quota.SecondsToWait(3));
        Assert.Equal(50 * 60 - 30, await quota.SecondsToWait(1));
        time.Advance(TimeSpan.FromSeconds(30 * 60 - 30));
        Assert.Equal(0, await quota.SecondsToWait(3));
        time.Advance(TimeSpan.FromHours(2));
        Assert.Equal(0, await quota.SecondsToWait(1));
    }
}

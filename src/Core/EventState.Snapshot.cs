namespace Seats.Core;

public sealed partial class EventState
{
    internal void WriteTo(BinaryWriter writer)
    {
        writer.Write(Version);
        Write(writer, LastAt);
        writer.Write(IsCancelled);
        writer.Write(Sequence);
        writer.Write(Clock.PausedFor.Ticks);
        Write(writer, Clock.PausedAt);
        Reminders.WriteTo(writer);
        SkippedOffers.WriteTo(writer);
        ChangeNotices.WriteTo(writer);
        var people = WritePeople(writer);
        WriteHolds(writer, people);
        WriteInvitations(writer, people);
        Waitlist.WriteTo(writer);
        WriteAbandoned(writer, people);
    }

    internal void ReadFrom(BinaryReader reader, EventCreated created)
    {
        Owner = created.Owner;
        Rules = new EventRules(created.Settings);
        Version = reader.ReadInt64();
        LastAt = ReadTime(reader)!.Value;
        IsCancelled = reader.ReadBoolean();
        Sequence = reader.ReadInt32();
        Clock.Restore(new TimeSpan(reader.ReadInt64()), ReadTime(reader));
        Reminders.ReadFrom(reader);
        SkippedOffers.ReadFrom(reader);
        ChangeNotices.ReadFrom(reader);
        var people = ReadPeople(reader);
        ReadHolds(reader, people);
        ReadInvitations(reader, people);
        Waitlist.ReadFrom(reader);
        ReadAbandoned(reader, people);
    }

    private Dictionary<PersonEntry, int> WritePeople(BinaryWriter writer)
    {
        var people = People.InOrder;
        writer.Write(people.Count);
        var numbers = new Dictionary<PersonEntry, int>(people.Count);
        foreach (var person in people)
        {
            numbers.Add(person, numbers.Count);
            writer.Write(person.Id ?? "");
            writer.Write(person.Email);
            writer.Write(person.IsUnverified);
            writer.Write(person.LatestEntry);
            writer.Write(person.Locale ?? "");
        }
        var addresses = People.Addresses.ToList();
        writer.Write(addresses.Count);
        foreach (var (email, person) in addresses)
        {
            writer.Write(email);
            writer.Write(numbers[person]);
        }
        return numbers;
    }

    private List<PersonEntry> ReadPeople(BinaryReader reader)
    {
        var people = new List<PersonEntry>();
        for (var left = reader.ReadInt32(); left > 0; left--)
        {
            var id = reader.ReadString();
            var person = People.Restore(id.Length == 0 ? null : id, reader.ReadString(), reader.ReadBoolean());
            person.LatestEntry = reader.ReadInt32();
            person.Locale = reader.ReadString() is { Length: > 0 } locale ? locale : null;
            people.Add(person);
        }
        var addresses = new (string, PersonEntry)[reader.ReadInt32()];
        for (var index = 0; index < addresses.Length; index++) addresses[index] = (reader.ReadString(), people[reader.ReadInt32()]);
        People.Restore(addresses);
        return people;
    }

    private void WriteHolds(BinaryWriter writer, Dictionary<PersonEntry, int> people)
    {
        writer.Write(LastHold);
        writer.Write(holds.Count);
        foreach (var hold in holds.Values.OrderBy(hold => hold.Number))
        {
            writer.Write(hold.Number);
            writer.Write(people[hold.Who]);
            Write(writer, hold.Places);
            Write(writer, hold.Until);
            Write(writer, hold.UntilAtMost);
            writer.Write(hold.SinceTicks);
        }
    }

    private void ReadHolds(BinaryReader reader, List<PersonEntry> people)
    {
        LastHold = reader.ReadInt32();
        for (var left = reader.ReadInt32(); left > 0; left--)
        {
            var number = reader.ReadInt32();
            var (who, places) = (people[reader.ReadInt32()], ReadPlaces(reader));
            var (until, untilAtMost, since) = (ReadTime(reader)!.Value, ReadTime(reader)!.Value, ReadTime(reader)!.Value);
            var hold = new Hold(number, who, places, until, untilAtMost, since);
            holds.Add(number, hold);
            hold.Who.Holds.Add(number);
            hold.Who.Places += hold.Places.Length;
            Deadlines.Add(hold);
        }
    }

    private void WriteInvitations(BinaryWriter writer, Dictionary<PersonEntry, int> people)
    {
        writer.Write(invitations.Count);
        foreach (var invitation in invitations)
        {
            writer.Write(people[invitation.Who]);
            writer.Write((byte)invitation.Origin);
            writer.Write((byte)invitation.Status);
            writer.Write(invitation.Count);
            Write(writer, invitation.CreatedAt);
            Write(writer, invitation.Places);
            Write(writer, invitation.Until);
            writer.Write(invitation.OfferMailed);
            writer.Write(invitation.AwaitsMail);
            writer.Write(invitation.Ticket ?? "");
            Write(writer, invitation.CheckedInAt);
            writer.Write(invitation.CheckedInBy ?? "");
            writer.Write(invitation.CheckedInByName ?? "");
            Write(writer, invitation.Wish);
            writer.Write(invitation.SinceTicks);
        }
    }

    private void ReadInvitations(BinaryReader reader, List<PersonEntry> people)
    {
        for (var left = reader.ReadInt32(); left > 0; left--)
        {
            var who = people[reader.ReadInt32()];
            var (origin, status) = ((InvitationOrigin)reader.ReadByte(), (InvitationStatus)reader.ReadByte());
            var (count, createdAt, places) = (reader.ReadInt32(), ReadTime(reader)!.Value, ReadPlaces(reader));
            var (until, mailed, awaits) = (ReadTime(reader)!.Value, reader.ReadBoolean(), reader.ReadBoolean());
            var (ticket, checkedInAt, checkedInBy, checkedInByName) = (reader.ReadString(), ReadTime(reader), reader.ReadString(), reader.ReadString());
            var invitation = new Invitation(invitations.Count + 1, who, origin, count, createdAt)
            {
                Status = status,
                Places = places,
                Until = until,
                OfferMailed = mailed,
                AwaitsMail = awaits,
                Ticket = ticket.Length == 0 ? null : ticket,
                CheckedInAt = checkedInAt,
                CheckedInBy = checkedInBy.Length == 0 ? null : checkedInBy,
                CheckedInByName = checkedInByName.Length == 0 ? null : checkedInByName,
                Wish = ReadWish(reader),
                SinceTicks = reader.ReadInt64(),
            };
            Restore(invitation);
        }
    }

    private void Restore(Invitation invitation)
    {
        invitations.Add(invitation);
        invitation.Who.Places += invitation.Places.Length;
        if (!invitation.IsLive && invitation.Origin != InvitationOrigin.Invitation) invitation.Who.Ended++;
        if (invitation.Status == InvitationStatus.Pending) Deadlines.Add(invitation);
        if (invitation.Status != InvitationStatus.Waitlist) return;
        invitation.Who.Waiting += invitation.Count;
        Waitlist.Join(invitation, Places.Layout);
    }

    private void WriteAbandoned(BinaryWriter writer, Dictionary<PersonEntry, int> people)
    {
        writer.Write(Hoarding.People.Count);
        foreach (var person in Hoarding.People)
        {
            var abandoned = person.Abandoned!;
            writer.Write(people[person]);
            writer.Write(abandoned.Time.Ticks);
            Write(writer, abandoned.CountedUntil);
            Write(writer, abandoned.LastAt);
        }
    }

    private void ReadAbandoned(BinaryReader reader, List<PersonEntry> people)
    {
        for (var left = reader.ReadInt32(); left > 0; left--)
        {
            var person = people[reader.ReadInt32()];
            var time = new TimeSpan(reader.ReadInt64());
            Hoarding.Remember(person, new AbandonedTime(time, ReadTime(reader)!.Value, ReadTime(reader)!.Value));
        }
    }

    internal static void Write(BinaryWriter writer, DateTimeOffset? time) => writer.Write(time?.UtcTicks ?? -1);

    internal static DateTimeOffset? ReadTime(BinaryReader reader) =>
        reader.ReadInt64() is >= 0 and var ticks ? new DateTimeOffset(ticks, TimeSpan.Zero) : null;

    private static void Write(BinaryWriter writer, int[] places)
    {
        writer.Write(places.Length);
        foreach (var place in places) writer.Write(place);
    }

    private static int[] ReadPlaces(BinaryReader reader)
    {
        var places = new int[reader.ReadInt32()];
        for (var index = 0; index < places.Length; index++) places[index] = reader.ReadInt32();
        return places;
    }

    private static void Write(BinaryWriter writer, Wish? wish)
    {
        writer.Write(wish is not null);
        if (wish is null) return;
        writer.Write(wish.Together);
        writer.Write(wish.Categories.Count);
        foreach (var category in wish.Categories) writer.Write(category);
    }

    private static Wish? ReadWish(BinaryReader reader)
    {
        if (!reader.ReadBoolean()) return null;
        var together = reader.ReadBoolean();
        var categories = new string[reader.ReadInt32()];
        for (var index = 0; index < categories.Length; index++) categories[index] = reader.ReadString();
        return new Wish(together, categories);
    }
}

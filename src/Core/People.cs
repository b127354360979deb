namespace Seats.Core;

/// <summary>What one person has in an event.</summary>
internal sealed class PersonEntry(string? id, string email)
{
    /// <summary>Null while only an e-mail address is known.</summary>
    public string? Id { get; set; } = id;
    public string Email { get; set; } = email;

    /// <summary>The address is written to, and finds nobody.</summary>
    public bool IsUnverified { get; set; }

    /// <summary>The language they used last; null where nobody knows.</summary>
    public string? Locale { get; set; }

    /// <summary>Places held, pending and confirmed.</summary>
    public int Places { get; set; }

    /// <summary>Places asked for in line.</summary>
    public int Waiting { get; set; }

    /// <summary>Numbers of live holds.</summary>
    public List<int> Holds { get; } = [];

    /// <summary>Number of the latest entry in line, whatever became of it; 0 for none.</summary>
    public int LatestEntry { get; set; }

    /// <summary>Invitations and entries in line that the person began, and that have ended.</summary>
    public int Ended { get; set; }

    /// <summary>The time of holds that the person abandoned; null for none.</summary>
    public AbandonedTime? Abandoned { get; set; }

    public Person ToPerson() => new(Id, Email, Locale, IsUnverified ? true : null);
}

/// <summary>The people of an event: by id, and by e-mail address as long as nobody claimed it.</summary>
internal sealed class People
{
    private readonly Dictionary<string, PersonEntry> byId = new(StringComparer.Ordinal);
    private readonly Dictionary<string, PersonEntry> byEmail = new(StringComparer.Ordinal);

    private readonly List<PersonEntry> inOrder = [];

    /// <summary>Everybody, first met first.</summary>
    public IReadOnlyList<PersonEntry> InOrder => inOrder;

    /// <summary>Who asks, if the event knows them: by id, else by an address that nobody claimed.</summary>
    public PersonEntry? Find(Requester by) => Find(by.Id.Length == 0 ? null : by.Id, by.Email);

    /// <summary>Whom a fact names.</summary>
    public PersonEntry? Find(Person person) => Find(person.Id, person.Unverified is true ? "" : person.Email);

    public PersonEntry? Find(string? id, string email)
    {
        if (id is not null && byId.TryGetValue(id, out var known)) return known;
        if (email.Length == 0 || !byEmail.TryGetValue(email, out var addressed)) return null;
        return id is null || addressed.Id is null ? addressed : null;
    }

    /// <summary>The entry of a person named by a fact, made where it is new; binds an address to the person who came for it.</summary>
    /// <param name="bound">True when an address found its person just now.</param>
    public PersonEntry Meet(Person person, out bool bound)
    {
        bound = false;
        var entry = Find(person);
        if (entry is null)
        {
            entry = Restore(person.Id, person.Email, person.Unverified is true);
        }
        else if (entry.Id is null && person.Id is not null)
        {
            entry.Id = person.Id;
            byId.Add(person.Id, entry);
            bound = true;
        }
        if (person.Email.Length > 0 && (entry.Email.Length == 0 || entry.IsUnverified && person.Unverified is not true))
        {
            (entry.Email, entry.IsUnverified) = (person.Email, person.Unverified is true);
            if (!entry.IsUnverified) byEmail.TryAdd(person.Email, entry);
        }
        entry.Locale = person.Locale ?? entry.Locale;
        return entry;
    }

    /// <summary>An address that nobody had claimed belongs to a person from now on, with whatever it was given.</summary>
    public void Bind(PersonEntry address, PersonEntry who)
    {
        byEmail[address.Email] = who;
        inOrder.Remove(address);
        who.Places += address.Places;
        who.Waiting += address.Waiting;
        who.LatestEntry = Math.Max(who.LatestEntry, address.LatestEntry);
        who.Ended += address.Ended;
    }

    /// <summary>Whom each address finds, in the order of the addresses.</summary>
    public IEnumerable<(string Email, PersonEntry Person)> Addresses =>
        byEmail.OrderBy(found => found.Key, StringComparer.Ordinal).Select(found => (found.Key, found.Value));

    /// <summary>Each address finds whom it found when a snapshot was taken.</summary>
    public void Restore(IEnumerable<(string Email, PersonEntry Person)> addresses)
    {
        byEmail.Clear();
        foreach (var (email, person) in addresses) byEmail.Add(email, person);
    }

    /// <summary>Adds a person that the event does not know yet.</summary>
    public PersonEntry Restore(string? id, string email, bool unverified)
    {
        var entry = new PersonEntry(id, email) { IsUnverified = unverified };
        inOrder.Add(entry);
        if (email.Length > 0 && !unverified) byEmail.TryAdd(email, entry);
        if (id is not null) byId.Add(id, entry);
        return entry;
    }
}

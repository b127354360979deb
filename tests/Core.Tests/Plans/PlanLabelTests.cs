namespace Seats.Core.Tests.Plans;

/// <summary>Whoever reads a ticket finds one seat: labels that people cannot tell apart are refused.</summary>
public sealed class PlanLabelTests
{
    [Theory]
    [InlineData("A", "\u0410")]
    [InlineData("A", "\u0391")]
    [InlineData("\u00e9", "e\u0301")]
    [InlineData("A", "\uff21")]
    public void RowsThatLookAlike_AreRefused_AndTheViolationSaysWhich(string one, string other)
    {
        var violation = Refused(Rows("main", "0", one, other));
        Assert.Equal("seating.sections[0].rows[2].row", violation.Member);
        Assert.Equal($"{Rules.Alike}seating.sections[0].rows[1].row \"{one}\"", violation.Rule);
    }

    [Fact]
    public void SectionsThatLookAlike_AreRefused() => Assert.Equal("seating.sections[1].id", Refused(Rows("A", "1"), Rows("\u0410", "1")).Member);

    [Theory]
    [InlineData("A\u200b")]
    [InlineData("\u202eA")]
    [InlineData("A\u0007")]
    public void LabelsWithWhatNobodySees_AreRefused(string label)
    {
        Assert.Equal(("seating.sections[0].rows[0].row", Rules.Characters), Of(Refused(Rows("main", label))));
        Assert.Equal(("seating.sections[0].id", Rules.Characters), Of(Refused(new SectionPlan(label, "Main", "gold", [new RowPlan("1", 1, 1, [])], null))));
    }

    [Fact]
    public void RowsOfDifferentCase_OrInDifferentSections_AreTwo()
    {
        var scene = Scene.WithPlan(Rows("a", "A", "a", "1", "I"), Rows("b", "\u0410"));
        Assert.Equal(5, scene.Counts.Total);
    }

    [Theory]
    [InlineData(101, 105)]
    [InlineData(5, 11)]
    [InlineData(1, 0)]
    public void NumbersPrintedOnSeats_AreNoGaps(int first, int gap)
    {
        var violation = Refused(new SectionPlan("main", "Main", "gold", [new RowPlan("A", 10, first, [gap])], null));
        Assert.Equal(("seating.sections[0].rows[0].gaps", Rules.Positions, 10L), (violation.Member, violation.Rule, violation.AtMost));
    }

    [Fact]
    public void PlanOfAnEarlierProgram_MayBeReadAndSentBack()
    {
        // Its labels would not be accepted today.
        var scene = new Scene();
        PlacedRow[] rows = [new("A", 101, 3, 0, [1]), new("\u0410", 1, 2, 3, null)];
        scene.Given(new EventCreated(
            new Person("owner", "owner@example.com"), SettingsDefaults.Fill(Scene.Settings with { Capacity = 4, Seating = SeatingKind.Plan }, Scene.Start),
            [new PlacedSection("main", "Main", "gold", false, rows)]));
        var plan = Views.Event(scene.State, 0, scene.Now).Settings.Plan!;
        scene.When(Scene.Owner, new ChangeEvent(new EventSettings { Plan = plan }, null), Decider.Decide);
        Assert.Null(scene.Refusal);
        Assert.Equal(1, scene.State.Version);
        scene.When(Scene.Owner, new ChangeEvent(new EventSettings { Plan = plan, Capacity = 5 }, null), Decider.Decide);
        Assert.Equal("maxCapacity", Assert.Single(scene.Refusal!.Violations).Member);
    }

    private static SectionPlan Rows(string id, params string[] labels) =>
        new(id, id, "gold", [.. labels.Select(label => new RowPlan(label, 1, 1, []))], null);

    private static (string, string) Of(Violation violation) => (violation.Member, violation.Rule);

    private static Violation Refused(params SectionPlan[] sections)
    {
        var scene = new Scene();
        var settings = Scene.Settings with { Capacity = null, Plan = new SeatingPlan(sections) };
        scene.When(Scene.Owner, new CreateEvent(settings), Decider.Decide);
        return Assert.Single(scene.Refusal!.Violations);
    }
}

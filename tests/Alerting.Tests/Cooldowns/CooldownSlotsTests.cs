using System.Globalization;
using Analytics.Alerting.Cooldowns;

namespace Analytics.Alerting.Tests.Cooldowns;

public sealed class CooldownSlotsTests
{
    private static readonly DateTimeOffset Noon = Some.Now;

    [Fact]
    public void AKeyIsClosedUntilTheEndOfItsCooldown()
    {
        var slots = new CooldownSlots();
        slots.Open("a", Noon).ClosedUntil = Noon.AddMinutes(1);

        Assert.False(slots.IsClosed("b", Noon));
        Assert.True(slots.IsClosed("a", Noon.AddMinutes(1).AddTicks(-1)));
        Assert.False(slots.IsClosed("a", Noon.AddMinutes(1)));
    }

    [Fact]
    public void BeyondFiftyClosedKeysAllOthersShareOne()
    {
        var slots = Full(Noon.AddMinutes(1));

        Assert.Equal("k7", slots.KeyFor("k7", Noon));
        Assert.Equal("(other)", slots.KeyFor("new", Noon));
        slots.Hold("new", 2);
        slots.Hold("another", 3);
        Assert.Equal(5, slots.Keys.Single(slot => slot.Key == "(other)").Value.HeldBack);
        Assert.Same(slots.Open("(other)", Noon), slots.Open("(other)", Noon));
        Assert.Equal("(other)", slots.KeyFor("new", Noon));
    }

    [Fact]
    public void TheSharedKeyTakesNoSlot()
    {
        var slots = new CooldownSlots();
        slots.Hold("replaced", 1);
        for (var number = 0; number < CooldownSlots.MaxKeys; number++)
        {
            var key = number.ToString(CultureInfo.InvariantCulture);
            Assert.Equal(key, slots.KeyFor(key, Noon));
            slots.Open(key, Noon).ClosedUntil = Noon.AddMinutes(1);
        }

        Assert.Equal("(other)", slots.KeyFor("new", Noon));
        Assert.Equal(CooldownSlots.MaxKeys + 1, slots.Keys.Count());
    }

    [Fact]
    public void ANewKeyReplacesTheOneThatOpenedFirstAndItsHeldBackAlertsAreKept()
    {
        var slots = Full(Noon.AddMinutes(2));
        slots.Open("k3", Noon).ClosedUntil = Noon.AddMinutes(1);
        slots.Open("k4", Noon).ClosedUntil = Noon.AddSeconds(30);
        slots.Hold("k4", 7);
        slots.Hold("k3", 1);

        Assert.Equal("new", slots.KeyFor("new", Noon.AddMinutes(1)));
        var slot = slots.Open("new", Noon.AddMinutes(1));

        Assert.Equal((0, null, DateTimeOffset.UnixEpoch), (slot.HeldBack, slot.LastAlert, slot.ClosedUntil));
        Assert.False(slots.Contains("k4"));
        Assert.True(slots.Contains("k3"));
        Assert.Equal(7, slots.Keys.Single(key => key.Key == "(other)").Value.HeldBack);
        slots.Hold("k4", 1);
        Assert.Equal(8, slots.Keys.Single(key => key.Key == "(other)").Value.HeldBack);
        Assert.Same(slot, slots.Open("new", Noon));
    }

    [Fact]
    public void TheSharedKeyIsNotReplaced()
    {
        var slots = Full(Noon.AddMinutes(2));
        slots.Hold("new", 1);

        Assert.Equal("(other)", slots.KeyFor("new", Noon.AddMinutes(2).AddTicks(-1)));
        Assert.Equal("new", slots.KeyFor("new", Noon.AddMinutes(2)));
    }

    [Fact]
    public void KeysAreReadAsTheyWereWritten()
    {
        var slots = new CooldownSlots();
        var first = slots.Open("a", Noon);
        (first.ClosedUntil, first.HeldBack, first.LastAlert) = (Noon.AddMinutes(1), 4, Noon);
        _ = slots.Open("b", Noon);

        var read = CooldownSlots.Read(slots.ToAttribute());

        Assert.Equal(
            [("a", Noon.AddMinutes(1), 4, Noon), ("b", DateTimeOffset.UnixEpoch, 0, null)],
            read.Keys.Select(slot => (slot.Key, slot.Value.ClosedUntil, slot.Value.HeldBack, slot.Value.LastAlert)));
    }

    private static CooldownSlots Full(DateTimeOffset until)
    {
        var slots = new CooldownSlots();
        for (var number = 0; number < CooldownSlots.MaxKeys; number++)
        {
            slots.Open(string.Create(CultureInfo.InvariantCulture, $"k{number}"), Noon).ClosedUntil = until;
        }

        return slots;
    }
}

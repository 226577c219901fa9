using System.Runtime.CompilerServices;
using Analytics.Events.Json;

namespace Analytics.Events.Reading;

/// <summary>The positions of an event's fields: one slice per <see cref="EventField"/>, then those that determine the dialect.</summary>
[InlineArray(Count)]
internal struct EventSlots
{
    public const int CloudEventsType = Fields;
    public const int CloudEventsId = Fields + 1;
    public const int CloudEventsTime = Fields + 2;
    public const int SpecVersion = Fields + 3;
    public const int OrderId = Fields + 4;
    public const int Count = Fields + 5;

    /// <summary>Not slots: objects that contain further fields.</summary>
    public const int Data = Count;
    public const int Location = Count + 1;

    private const int Fields = (int)EventField.Source + 1;

    private JsonSlice _first;

    /// <summary>
    /// Sets a slot's value unless a name with a better rank has set it. The last of several values with the same name is used;
    /// null, an object or an array is not a value.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Offer(int slot, int rank, JsonSlice value)
    {
        ref var held = ref this[slot];
        if (value.HasText)
        {
            if (!held.HasText || held.Rank >= rank)
            {
                held = value.WithRank(rank);
            }
        }
        else if (held.Rank == rank)
        {
            held = default;
        }
    }

    /// <summary>Clears the values set by names with these ranks in the slots from <paramref name="first"/> to <paramref name="last"/>.</summary>
    public void Forget(int first, int last, int fromRank, int toRank)
    {
        for (var slot = first; slot <= last; slot++)
        {
            if (this[slot].Rank >= fromRank && this[slot].Rank <= toRank)
            {
                this[slot] = default;
            }
        }
    }
}

using Analytics.Cli.Shared.Samples;
using Analytics.Cli.Shared.Sending;
using Analytics.Events;

namespace Analytics.Cli.Tests.Shared.Samples;

/// <summary>The sample events as the pipeline reads them.</summary>
public sealed class SampleShapeTests
{
    private const int Count = 20_000;
    private static readonly DateTimeOffset Start = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);
    private readonly List<OutgoingRecord> _records = [.. new SampleEvents(1, i => Start.AddMilliseconds(i)).Take(Count)];
    private readonly Dictionary<string, int> _types = [];
    private readonly Dictionary<EventDialect, int> _dialects = [];
    private readonly HashSet<string> _ids = [];
    private readonly List<decimal> _amounts = [];
    private readonly int _events;
    private readonly int _withOtherUser;

    public SampleShapeTests()
    {
        var reader = new EventReader(EventLimits.Default);
        foreach (var record in _records)
        {
            var inRecord = 0;
            foreach (ref readonly var user in reader.Read(record.Data))
            {
                Assert.True(user.IsEvent);
                ref readonly var found = ref user.Event;
                inRecord++;
                _events++;
                var type = found.Text(EventField.EventType).ToString();
                _types[type] = _types.GetValueOrDefault(type) + 1;
                _dialects[found.Dialect] = _dialects.GetValueOrDefault(found.Dialect) + 1;
                var userId = found.Text(EventField.UserId);
                _withOtherUser += userId.IsPresent && userId.ToString() != record.PartitionKey ? 1 : 0;
                var id = found.Text(EventField.EventId);
                Assert.True(!id.IsPresent || _ids.Add(id.ToString()));
                if (type == "purchase" && found.TryGetNumber(EventField.Amount, out var amount))
                {
                    _amounts.Add(amount);
                }
            }

            Assert.Equal(record.UserRecords, inRecord);
        }
    }

    [Fact]
    public void EveryEventIsReadAndNoneIsMalformed() => Assert.Equal(Count, _events);

    [Fact]
    public void ThePartitionKeyIsTheUser() => Assert.Equal(0, _withOtherUser);

    [Fact]
    public void EveryDialectIsAmongThem() => Assert.Equal(Enum.GetValues<EventDialect>().Order(), _dialects.Keys.Order());

    [Fact]
    public void PageViewsLeadThenClicksPurchasesSignupsAndErrors()
    {
        Assert.True(_types["page_view"] > 3 * _types["click"]);
        Assert.True(_types["click"] > _types["purchase"]);
        Assert.True(_types["purchase"] > _types["user_signup"]);
        Assert.True(_types["user_signup"] > _types["error"]);
        Assert.True(_types["error"] > 0 && _types["login"] > 0 && _types["unknown"] > 0);
    }

    [Fact]
    public void SomeOrdersAreAboveFiveHundredAndMostAreNot() =>
        Assert.InRange(_amounts.Count(amount => amount > 500) / (double)_amounts.Count, 0.01, 0.10);

    [Fact]
    public void ASmallShareIsCompressedAndASmallShareAggregated()
    {
        Assert.InRange(_records.Count(record => record.Data.Span[0] == 0x1F) / (double)_records.Count, 0.01, 0.05);
        Assert.InRange(_records.Count(record => record.Data.Span[0] == 0xF3) / (double)_records.Count, 0.003, 0.03);
    }
}

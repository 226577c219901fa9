namespace Analytics.Cli.Cost;

/// <summary>What a design costs a month.</summary>
/// <param name="design">The design's name.</param>
/// <param name="does">What the design does with an event.</param>
/// <param name="prices">What things cost.</param>
internal sealed class Bill(string design, string does, PriceTable prices)
{
    private readonly List<BillLine> _lines = [];

    /// <summary>The design's name.</summary>
    public string Design { get; } = design;

    /// <summary>What the design does with an event.</summary>
    public string Does { get; } = does;

    /// <summary>What it is made of, in the order of adding.</summary>
    public IReadOnlyList<BillLine> Lines => _lines;

    /// <summary>US dollars a month.</summary>
    public decimal Total => _lines.Sum(line => line.Usd);

    /// <summary>US dollars a month of a service.</summary>
    public decimal Of(string service) => _lines.Where(line => line.Price.Service == service).Sum(line => line.Usd);

    /// <summary>Adds so many units of what a price is for; nothing when there are none.</summary>
    public void Add(string price, decimal quantity)
    {
        if (quantity <= 0)
        {
            return;
        }

        var index = _lines.FindIndex(line => line.Price.Id == price);
        if (index < 0)
        {
            _lines.Add(new BillLine(prices[price], quantity));
        }
        else
        {
            _lines[index] = _lines[index] with { Quantity = _lines[index].Quantity + quantity };
        }
    }
}

/// <summary>A line of a bill.</summary>
/// <param name="Price">What is paid for, and its price.</param>
/// <param name="Quantity">How much of it a month, in the price's unit.</param>
internal readonly record struct BillLine(Price Price, decimal Quantity)
{
    private const int Digits = 6;

    /// <summary>US dollars a month, to a millionth, so that sums are exact in whatever order.</summary>
    public decimal Usd => decimal.Round(Quantity / Price.Per * Price.Usd, Digits);
}

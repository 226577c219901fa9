namespace Analytics.Cli.Cost;

/// <summary>The monthly cost of a design.</summary>
/// <param name="design">The design's name.</param>
/// <param name="does">How the design processes an event.</param>
/// <param name="prices">The price table.</param>
internal sealed class Bill(string design, string does, PriceTable prices)
{
    private readonly List<BillLine> _lines = [];

    /// <summary>The design's name.</summary>
    public string Design { get; } = design;

    /// <summary>How the design processes an event.</summary>
    public string Does { get; } = does;

    /// <summary>The lines, in the order they were added.</summary>
    public IReadOnlyList<BillLine> Lines => _lines;

    /// <summary>US dollars per month.</summary>
    public decimal Total => _lines.Sum(line => line.Usd);

    /// <summary>Returns the US dollars per month of a service.</summary>
    public decimal GetUsd(string service) => _lines.Where(line => line.Price.Service == service).Sum(line => line.Usd);

    /// <summary>Adds a quantity at a price; ignored if the quantity is not positive.</summary>
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
/// <param name="Price">The price.</param>
/// <param name="Quantity">Quantity per month, in the price's unit.</param>
internal readonly record struct BillLine(Price Price, decimal Quantity)
{
    private const int Digits = 6;

    /// <summary>US dollars per month, rounded to a millionth so that sums do not depend on the order of addition.</summary>
    public decimal Usd => decimal.Round(Quantity / Price.Per * Price.Usd, Digits);
}

using System.Text.Json;

namespace Analytics.Cli.Cost;

/// <summary>The prices of a region on a day.</summary>
/// <param name="Region">As <c>us-east-1</c>.</param>
/// <param name="Date">The day on which the table was put together.</param>
/// <param name="Currency">USD.</param>
/// <param name="Note">Where the prices are from, and what is left out.</param>
/// <param name="Prices">All of them.</param>
internal sealed record PriceTable(string Region, DateOnly Date, string Currency, string Note, IReadOnlyList<Price> Prices)
{
    /// <summary>The table that comes with the command.</summary>
    public static PriceTable Load()
    {
        using var file = typeof(PriceTable).Assembly.GetManifestResourceStream("prices.json")!;
        return JsonSerializer.Deserialize(file, CostingJson.Default.PriceTable)!;
    }

    /// <summary>The price with that id.</summary>
    /// <exception cref="KeyNotFoundException">There is none.</exception>
    public Price this[string id] => Prices.FirstOrDefault(price => price.Id == id) ?? throw new KeyNotFoundException($"The price table has no {id}.");
}

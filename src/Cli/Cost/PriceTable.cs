using System.Text.Json;

namespace Analytics.Cli.Cost;

/// <summary>The prices of a region on a day.</summary>
/// <param name="Region">The region, such as <c>us-east-1</c>.</param>
/// <param name="Date">The day on which the table was compiled.</param>
/// <param name="Currency">The currency, USD.</param>
/// <param name="Note">The origin of the prices, and what they exclude.</param>
/// <param name="Prices">The prices.</param>
internal sealed record PriceTable(string Region, DateOnly Date, string Currency, string Note, IReadOnlyList<Price> Prices)
{
    /// <summary>Loads the table shipped with the command.</summary>
    public static PriceTable Load()
    {
        using var file = typeof(PriceTable).Assembly.GetManifestResourceStream("prices.json")!;
        return JsonSerializer.Deserialize(file, CostingJson.Default.PriceTable)!;
    }

    /// <summary>Gets the price with an ID.</summary>
    /// <exception cref="KeyNotFoundException">The table has no such price.</exception>
    public Price this[string id] => Prices.FirstOrDefault(price => price.Id == id) ?? throw new KeyNotFoundException($"The price table has no {id}.");
}

using System.Text.Json;

namespace Analytics.Cli.Cost;

/// <summary>The quotas and limits of AWS that a load may reach.</summary>
/// <param name="Region">The region.</param>
/// <param name="Date">The day on which the table was compiled.</param>
/// <param name="Note">The origin of the quotas.</param>
/// <param name="Quotas">The quotas.</param>
internal sealed record QuotaTable(string Region, DateOnly Date, string Note, IReadOnlyList<Quota> Quotas)
{
    /// <summary>Loads the table shipped with the command.</summary>
    public static QuotaTable Load()
    {
        using var file = typeof(QuotaTable).Assembly.GetManifestResourceStream("quotas.json")!;
        return JsonSerializer.Deserialize(file, CostingJson.Default.QuotaTable)!;
    }

    /// <summary>Gets the quota with an ID.</summary>
    /// <exception cref="KeyNotFoundException">The table has no such quota.</exception>
    public Quota this[string id] => Quotas.FirstOrDefault(quota => quota.Id == id) ?? throw new KeyNotFoundException($"The quota table has no {id}.");
}

/// <summary>A quota.</summary>
/// <param name="Id">Identifier: <c>service.thing</c>.</param>
/// <param name="What">The limited quantity.</param>
/// <param name="Limit">The default.</param>
/// <param name="Remedy">The remedy if a load exceeds it, in a few words.</param>
/// <param name="Source">The AWS page that states it.</param>
internal sealed record Quota(string Id, string What, decimal Limit, string Remedy, string Source);

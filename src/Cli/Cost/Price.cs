namespace Analytics.Cli.Cost;

/// <summary>An AWS list price.</summary>
/// <param name="Id">Identifier in the cost model: <c>service.thing</c>.</param>
/// <param name="Service">The service's name on the bill.</param>
/// <param name="What">The billed item.</param>
/// <param name="Unit">The billed unit.</param>
/// <param name="Usd">The price of <paramref name="Per"/> units, in US dollars.</param>
/// <param name="Per">Number of units that the price covers.</param>
/// <param name="Source">The AWS page that states the price.</param>
internal sealed record Price(string Id, string Service, string What, string Unit, decimal Usd, decimal Per, string Source);

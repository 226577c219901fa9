namespace Analytics.Cli.Cost;

/// <summary>What AWS asks for something.</summary>
/// <param name="Id">Its name in the model: <c>service.thing</c>.</param>
/// <param name="Service">The service as bills name it.</param>
/// <param name="What">What is paid for.</param>
/// <param name="Unit">What is counted.</param>
/// <param name="Usd">The price of <paramref name="Per"/> units, in US dollars.</param>
/// <param name="Per">How many units that price is for.</param>
/// <param name="Source">The page that gives it.</param>
internal sealed record Price(string Id, string Service, string What, string Unit, decimal Usd, decimal Per, string Source);

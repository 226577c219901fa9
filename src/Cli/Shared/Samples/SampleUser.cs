using Analytics.Cli.Shared.Sending;

namespace Analytics.Cli.Shared.Samples;

/// <summary>A user of the sample site: location, device, and the dialect that the application on that device sends.</summary>
internal readonly record struct SampleUser(string Id, string Country, string City, string Device, SampleDialect Dialect)
{
    private static readonly (string Country, string[] Cities)[] Places =
    [
        ("US", ["New York", "Chicago", "Seattle", "Austin"]),
        ("DE", ["Berlin", "München", "Köln"]),
        ("GB", ["London", "Leeds"]),
        ("IN", ["Mumbai", "Pune"]),
        ("BR", ["São Paulo", "Recife"]),
        ("JP", ["東京", "大阪"]),
        ("FR", ["Paris", "Lyon"]),
        ("AU", ["Sydney", "Perth"]),
    ];

    private static readonly string[] Devices = ["mobile", "desktop", "tablet"];
    private static readonly WeightedChoice PlaceChoice = WeightedChoice.Zipf(Places.Length, 0.9);
    private static readonly WeightedChoice DeviceChoice = new([0.55, 0.36, 0.09]);
    private static readonly WeightedChoice DialectChoice = new([0.34, 0.32, 0.24, 0.10]);

    /// <summary>Returns the user with a number; it always has the same attributes.</summary>
    public static SampleUser Create(int number, ulong seed)
    {
        var random = new SeededRandom(seed ^ (0xD1B54A32D192ED03 * (ulong)(number + 1)));
        var (country, cities) = Places[PlaceChoice.Next(random)];
        return new SampleUser(
            $"user_{number + 1:D4}",
            country,
            random.Pick<string>(cities),
            Devices[DeviceChoice.Next(random)],
            (SampleDialect)DialectChoice.Next(random));
    }
}

/// <summary>The dialects that the sample site's applications send.</summary>
internal enum SampleDialect
{
    FlatSnakeCase,
    FlatCamelCase,
    Envelope,
    CloudEvents,
}

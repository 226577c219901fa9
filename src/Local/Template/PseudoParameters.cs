using Analytics.Local.Services;

namespace Analytics.Local.Template;

/// <summary>What <c>AWS::Region</c> and the others stand for.</summary>
internal sealed record PseudoParameters(string StackName, string Region)
{
    /// <summary>Removes the property that it is the value of.</summary>
    public const string NoValue = "AWS::NoValue";

    public string AccountId { get; init; } = ServiceEndpoints.AccountId;

    public string StackId => $"arn:aws:cloudformation:{Region}:{AccountId}:stack/{StackName}/local";

    /// <summary>The value of a pseudo parameter, or null when there is none of that name.</summary>
    public string? Find(string name) => name switch
    {
        "AWS::AccountId" => AccountId,
        "AWS::Partition" => "aws",
        "AWS::Region" => Region,
        "AWS::StackId" => StackId,
        "AWS::StackName" => StackName,
        "AWS::URLSuffix" => "amazonaws.com",
        _ => null,
    };
}

using Analytics.Local.Services;

namespace Analytics.Local.Template;

/// <summary>The values of pseudo parameters such as <c>AWS::Region</c>.</summary>
internal sealed record PseudoParameters(string StackName, string Region)
{
    /// <summary>Removes the property whose value it is.</summary>
    public const string NoValue = "AWS::NoValue";

    public string AccountId { get; init; } = ServiceEndpoints.AccountId;

    public string StackId => $"arn:aws:cloudformation:{Region}:{AccountId}:stack/{StackName}/local";

    /// <summary>Returns the value of a pseudo parameter, or null if there is none with the name.</summary>
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

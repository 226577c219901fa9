namespace Analytics.Local.Services;

/// <summary>A call that a function makes to a service.</summary>
/// <param name="Function">The function's logical ID.</param>
/// <param name="Service">The service.</param>
/// <param name="Operation">The operation, such as <c>UpdateItem</c> or <c>PutObject</c>.</param>
public readonly record struct ServiceCall(string Function, AwsService Service, string Operation)
{
    /// <summary>The call as an IAM action: <c>dynamodb:UpdateItem</c>.</summary>
    public string Action => $"{AwsServices.SigningName(Service)}:{Operation}";
}

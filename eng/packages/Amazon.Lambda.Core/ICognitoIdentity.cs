namespace Amazon.Lambda.Core;

/// <summary>The Cognito identity that invoked the function.</summary>
public interface ICognitoIdentity
{
    /// <summary>The identity's identifier.</summary>
    string IdentityId { get; }

    /// <summary>The identifier of its pool.</summary>
    string IdentityPoolId { get; }
}

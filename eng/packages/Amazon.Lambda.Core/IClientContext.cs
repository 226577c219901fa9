namespace Amazon.Lambda.Core;

/// <summary>What the AWS Mobile SDK says of a calling client.</summary>
public interface IClientContext
{
    /// <summary>The environment of the calling application.</summary>
    IDictionary<string, string> Environment { get; }

    /// <summary>The calling application's own values.</summary>
    IDictionary<string, string> Custom { get; }
}

namespace Amazon.Lambda.Core;

/// <summary>The calling client as described by the AWS Mobile SDK.</summary>
public interface IClientContext
{
    /// <summary>The environment of the calling application.</summary>
    IDictionary<string, string> Environment { get; }

    /// <summary>The custom values of the calling application.</summary>
    IDictionary<string, string> Custom { get; }
}

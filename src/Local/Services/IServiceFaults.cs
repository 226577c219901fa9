namespace Analytics.Local.Services;

/// <summary>Decides for each call of a function whether it fails, so that trouble with a service can be rehearsed.</summary>
public interface IServiceFaults
{
    /// <summary>What becomes of the call; called from several threads.</summary>
    ServiceFault Decide(in ServiceCall call);
}

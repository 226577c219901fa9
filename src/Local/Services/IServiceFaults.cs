namespace Analytics.Local.Services;

/// <summary>Decides for each call of a function whether a fault is injected.</summary>
public interface IServiceFaults
{
    /// <summary>Decides on the fault of a call. Must be thread-safe.</summary>
    ServiceFault Decide(in ServiceCall call);
}

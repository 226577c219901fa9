namespace Analytics.Alerting.Tests.Sending;

/// <summary>The outcome of a call.</summary>
internal enum Fate
{
    Made,
    KillBefore,
    KillAfter,
    Error,
    LostReply,
    RepeatedWrite,
}

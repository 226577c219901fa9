namespace Analytics.Alerting.Tests.Sending;

/// <summary>What becomes of a call.</summary>
internal enum Fate
{
    Made,
    KillBefore,
    KillAfter,
    Error,
    LostReply,
    RepeatedWrite,
}

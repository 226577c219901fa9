namespace Analytics.Counting.Tests.Histories;

/// <summary>The fault of a call.</summary>
internal enum Fault
{
    None,
    /// <summary>The call fails without effect.</summary>
    Refused,
    /// <summary>The call takes effect, but its response is lost.</summary>
    AnswerLost,
    /// <summary>The call takes effect, its response is lost, and the SDK retries it.</summary>
    SentTwice,
    /// <summary>The process ends before the call.</summary>
    EndsBefore,
    /// <summary>The process ends after the call.</summary>
    EndsAfter,
}

namespace Analytics.Counting.Tests.Histories;

/// <summary>What goes wrong with a call.</summary>
internal enum Fault
{
    None,
    /// <summary>It has no effect and its caller is told so.</summary>
    Refused,
    /// <summary>It takes effect, but the answer is lost.</summary>
    AnswerLost,
    /// <summary>It takes effect, the answer is lost, and the SDK sends it again.</summary>
    SentTwice,
    /// <summary>The process ends before it.</summary>
    EndsBefore,
    /// <summary>The process ends after it.</summary>
    EndsAfter,
}

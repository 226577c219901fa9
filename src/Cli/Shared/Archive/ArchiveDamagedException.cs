using Analytics.Cli.Shared.Commands;

namespace Analytics.Cli.Shared.Archive;

/// <summary>The exception thrown for an archive object that was modified: truncated, corrupted, or with other lines than its key specifies.</summary>
/// <param name="key">The object's key.</param>
/// <param name="what">The damage, as a predicate that follows the key.</param>
/// <param name="innerException">The cause.</param>
internal sealed class ArchiveDamagedException(string key, string what, Exception? innerException = null) : UserException(
    $"the archive object {key} {what}. Restore an earlier version or another copy of the object.", innerException);

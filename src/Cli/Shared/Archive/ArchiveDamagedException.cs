using Analytics.Cli.Shared.Commands;

namespace Analytics.Cli.Shared.Archive;

/// <summary>An object of the archive is not what was written: cut off, with other bits, or with other lines than its key says.</summary>
/// <param name="key">The object's key.</param>
/// <param name="what">What is wrong, to be put after the key.</param>
/// <param name="innerException">What found it.</param>
internal sealed class ArchiveDamagedException(string key, string what, Exception? innerException = null) : UserException(
    $"the archive object {key} {what}. Bring back an earlier version of the object, or another copy of it.", innerException);

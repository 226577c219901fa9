using System.Globalization;
using Analytics.Cli.Shared.Commands;

namespace Analytics.Cli.Shared.Archive;

/// <summary>The archive no longer has objects of a time that has to be read whole: they were compacted and removed.</summary>
internal sealed class ArchiveIncompleteException(DateTime hour, int objects) : UserException(string.Create(
    CultureInfo.InvariantCulture,
    $"{objects} archive objects of {hour:yyyy-MM-dd HH}:00 UTC were removed when they were compacted, and this reads no Parquet. Choose another time, or bring them back from the bucket's versions."));

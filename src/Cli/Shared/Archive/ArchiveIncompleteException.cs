using System.Globalization;
using Analytics.Cli.Shared.Commands;

namespace Analytics.Cli.Shared.Archive;

/// <summary>The exception thrown if objects of a time range that must be complete were deleted after compaction.</summary>
internal sealed class ArchiveIncompleteException(DateTime hour, int objects) : UserException(string.Create(
    CultureInfo.InvariantCulture,
    $"{objects} archive objects of {hour:yyyy-MM-dd HH}:00 UTC were deleted after compaction, and this command does not read Parquet. Use another time range, or restore the objects from the bucket's versions."));

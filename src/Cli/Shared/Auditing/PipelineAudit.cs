using Analytics.Cli.Shared.Archive;
using Analytics.Cli.Shared.Commands;
using Analytics.Cli.Shared.Targets;

namespace Analytics.Cli.Shared.Auditing;

/// <summary>Creates the audit of a pipeline.</summary>
internal static class PipelineAudit
{
    /// <summary>Creates the audit.</summary>
    /// <exception cref="UserException">The pipeline has no counters, or no archive.</exception>
    public static ArchiveAudit Create(Pipeline pipeline, TimeProvider clock) => new(
        pipeline.DynamoDb,
        pipeline.Resource(ResourceNames.CountersTable),
        new ArchiveReader(pipeline.S3, pipeline.Resource(ResourceNames.ArchiveBucket)),
        clock);
}

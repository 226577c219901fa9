using Analytics.Cli.Shared.Archive;
using Analytics.Cli.Shared.Commands;
using Analytics.Cli.Shared.Targets;

namespace Analytics.Cli.Shared.Auditing;

/// <summary>The audit of the pipeline that a command works on.</summary>
internal static class PipelineAudit
{
    /// <summary>Makes the audit.</summary>
    /// <exception cref="UserException">The pipeline has no counters, or no archive.</exception>
    public static ArchiveAudit Create(Pipeline pipeline, TimeProvider clock) => new(
        pipeline.DynamoDb,
        pipeline.Resource(ResourceNames.CountersTable),
        new ArchiveReader(pipeline.S3, pipeline.Resource(ResourceNames.ArchiveBucket)),
        clock);
}

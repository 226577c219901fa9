using Analytics.Cli.Archiving;
using Analytics.Cli.Targets;
using Analytics.Events.Definitions;

namespace Analytics.Cli.Auditing;

/// <summary>The audit of the pipeline that a command works on.</summary>
internal static class PipelineAudit
{
    /// <summary>Makes the audit.</summary>
    /// <exception cref="UserException">The pipeline has no counters, or no archive.</exception>
    public static ArchiveAudit Of(Pipeline pipeline, Definitions definitions, TimeProvider clock) => new(
        definitions,
        pipeline.DynamoDb,
        pipeline.Resource(ResourceNames.CountersTable),
        new ArchiveReader(pipeline.S3, pipeline.Resource(ResourceNames.ArchiveBucket)),
        clock);
}

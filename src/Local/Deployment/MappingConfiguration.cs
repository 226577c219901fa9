using System.Security.Cryptography;
using System.Text;
using Analytics.Local.Mapping;
using Analytics.Local.Template;
using Analytics.Local.Template.Model;
using Analytics.Local.Template.Syntax;
using Analytics.Streaming;

namespace Analytics.Local.Deployment;

/// <summary>Converts mappings of the template to mapping settings.</summary>
internal static class MappingConfiguration
{
    /// <summary>Rejects two mappings from one event source to one function, as CreateEventSourceMapping does.</summary>
    /// <exception cref="TemplateException">There are two such mappings.</exception>
    public static void RequireDistinct(IEnumerable<EventSourceMappingModel> models, string stackName)
    {
        var known = new Dictionary<(string EventSourceArn, string Function), EventSourceMappingModel>();
        foreach (var model in models)
        {
            var function = FunctionName(model);
            if (!known.TryAdd((model.EventSourceArn, function), model))
            {
                var uuid = Uuid(stackName, known[(model.EventSourceArn, function)].LogicalId);
                throw new TemplateException(
                    $"{model.Declaration}: {model.LogicalId}: ResourceConflictException: The event source arn (\" {model.EventSourceArn} \") and function (\" {function} \") "
                    + $"provided mapping already exists. Please update or delete the existing mapping with UUID {uuid} ({known[(model.EventSourceArn, function)].LogicalId})");
            }
        }
    }

    /// <exception cref="TemplateException">The mapping's function is not in the template.</exception>
    public static EventSourceMappingConfiguration Create(
        EventSourceMappingModel model, string stackName, string region, IEnumerable<FunctionModel> functions, StackResources resources)
    {
        var name = FunctionName(model);
        var function = functions.FirstOrDefault(one => one.Name == name)
            ?? throw new TemplateException($"{model.Declaration}: {model.LogicalId}: the function {name} is not in this template");
        var streamArn = EventSourceArn.GetStream(model.EventSourceArn);
        return new EventSourceMappingConfiguration
        {
            Uuid = Uuid(stackName, model.LogicalId),
            FunctionName = function.Name,
            FunctionArn = resources[function.LogicalId].Attributes["Arn"],
            StreamName = streamArn[(streamArn.LastIndexOf('/') + 1)..],
            StreamArn = streamArn,
            ConsumerArn = EventSourceArn.IsConsumer(model.EventSourceArn) ? model.EventSourceArn : null,
            Region = region,
            BatchSize = model.BatchSize,
            MaximumBatchingWindow = TimeSpan.FromSeconds(model.MaximumBatchingWindowInSeconds),
            ParallelizationFactor = model.ParallelizationFactor,
            StartingPosition = model.StartingPosition switch
            {
                "LATEST" => StartingPosition.Latest,
                "AT_TIMESTAMP" => StartingPosition.AtTimestamp,
                _ => StartingPosition.TrimHorizon,
            },
            StartingPositionTimestamp = model.StartingPositionTimestamp,
            MaximumRetryAttempts = model.MaximumRetryAttempts,
            MaximumRecordAge = model.MaximumRecordAgeInSeconds == -1 ? null : TimeSpan.FromSeconds(model.MaximumRecordAgeInSeconds),
            BisectBatchOnFunctionError = model.BisectBatchOnFunctionError,
            TumblingWindow = TimeSpan.FromSeconds(model.TumblingWindowInSeconds),
            ReportBatchItemFailures = model.ReportBatchItemFailures,
            FilterCriteria = model.FilterPatterns,
            OnFailureDestinationArn = model.OnFailureDestination,
        };
    }

    // The last part of an ARN, or the whole name.
    private static string FunctionName(EventSourceMappingModel model) => model.FunctionName[(model.FunctionName.LastIndexOf(':') + 1)..];

    /// <summary>Returns a stable UUID for a mapping of a stack, so that its checkpoints are found again.</summary>
    public static string Uuid(string stackName, string logicalId) =>
        new Guid(SHA256.HashData(Encoding.UTF8.GetBytes($"{stackName}/{logicalId}")).AsSpan(0, 16)).ToString();
}

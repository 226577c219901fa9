using Amazon.DynamoDBv2;
using Amazon.Lambda.Annotations;
using Amazon.SimpleNotificationService;
using Analytics.Alerting.Publishing;
using Analytics.Alerting.Sending;
using Analytics.Events;
using Analytics.Streaming;
using Microsoft.Extensions.DependencyInjection;

namespace Analytics.Alerts;

/// <summary>Configures the function from its environment and definitions.json.</summary>
[LambdaStartup]
public sealed class Startup
{
    /// <summary>Registers the function and its dependencies.</summary>
    public void ConfigureServices(IServiceCollection services) => FunctionSettings.Configure(settings =>
    {
        var table = settings.Required("COUNTERS_TABLE", "the name of the counters table, which contains the state of alerts");
        var topic = settings.Required("ALERTS_TOPIC_ARN", "the ARN of the alerts topic");
        var link = settings.Optional("ALERTS_LINK");
        var rules = AlertsFold.RulesIn(settings.Definitions);
        var bounds = settings.EventTimeBounds;
        services.AddSingleton(_ =>
        {
            var dynamoDb = new AmazonDynamoDBClient(AwsClients.Configure(new AmazonDynamoDBConfig()));
            var sns = new AmazonSimpleNotificationServiceClient(AwsClients.Configure(new AmazonSimpleNotificationServiceConfig()));
            var sender = new EventAlertSender(dynamoDb, table, new AlertPublisher(sns, topic), link, TimeProvider.System);
            return new Function(BatchProcessor.Create(), sender, rules, new EventReader(EventLimits.Default), bounds);
        });
    });
}

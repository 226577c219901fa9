using Analytics.Local.Template;
using Analytics.Local.Template.Syntax;

namespace Analytics.Local.Tests.Template;

/// <summary>Templates for tests, all as <c>t.yaml</c> of the stack <c>demo</c>.</summary>
internal static class Templates
{
    public static TemplateDocument Parse(string text, params (string Name, string Value)[] parameters) => TemplateDocument.Parse(
        "t.yaml", text, parameters.ToDictionary(one => one.Name, one => one.Value), new PseudoParameters("demo", "eu-west-1"));

    public static StackEvaluation Evaluate(string text, params (string Name, string Value)[] parameters) =>
        Evaluate(text, new UnsupportedFeatures(), parameters);

    public static StackEvaluation Evaluate(string text, UnsupportedFeatures unsupported, params (string Name, string Value)[] parameters) =>
        StackEvaluation.RunAsync(Parse(text, parameters), unsupported, makeAsync: null).GetAwaiter().GetResult();

    /// <summary>The value of an output named Out.</summary>
    public static string Output(string expression, string rest = "", params (string Name, string Value)[] parameters) =>
        Evaluate($"{rest}\nResources:\n  Queue:\n    Type: AWS::SQS::Queue\n  Table:\n    Type: AWS::DynamoDB::Table\n    Properties:\n"
            + "      TableName: things\n      AttributeDefinitions: [{AttributeName: pk, AttributeType: S}]\n      KeySchema: [{AttributeName: pk, KeyType: HASH}]\n"
            + $"Outputs:\n  Out:\n    Value: {expression}\n", parameters).ToResources().Outputs["Out"];

    public static string Error(Action action) => Assert.Throws<TemplateException>(action).Message;
}

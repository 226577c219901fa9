using Analytics.Local.Template.Model;
using FsCheck;
using FsCheck.Fluent;

namespace Analytics.Local.Tests.Template;

public class TemplateDocumentTests
{
    [Fact]
    public void ResourcesComeAfterThoseThatTheyName()
    {
        var document = Templates.Parse("""
            Resources:
              Last:
                Type: AWS::SQS::Queue
                DependsOn: [Topic]
                Properties: {RedrivePolicy: {deadLetterTargetArn: !GetAtt Dead.Arn, maxReceiveCount: 3}}
              Topic: {Type: AWS::SNS::Topic, DependsOn: First}
              Dead: {Type: AWS::SQS::Queue, Properties: {QueueName: !Sub "${First}-dead"}}
              First: {Type: AWS::S3::Bucket}
            """);

        Assert.Equal(["First", "Topic", "Dead", "Last"], document.Resources.Select(resource => resource.LogicalId));
    }

    [Fact]
    public void AnyAcyclicDependenciesAreOrdered() => Check.QuickThrowOnFailure(Prop.ForAll(
        Gen.Choose(1, 8).SelectMany(count => Gen.Elements(true, false).ArrayOf(count * count)
            .SelectMany(edges => Gen.Shuffle(Enumerable.Range(0, count).ToArray()).Select(order => (order, edges)))).ToArbitrary(),
        graph =>
        {
            var count = graph.order.Length;
            var lines = graph.order.Select(id => $"  R{id}:\n    Type: AWS::SQS::Queue\n    DependsOn: ["
                + string.Join(", ", Enumerable.Range(0, id).Where(needed => graph.edges[(id * count) + needed]).Select(needed => $"R{needed}")) + "]");
            var sorted = Templates.Parse("Resources:\n" + string.Join('\n', lines)).Resources.Select(r => int.Parse(r.LogicalId[1..])).ToList();
            return sorted.Count == count && Enumerable.Range(0, count).All(id => Enumerable.Range(0, id)
                .All(needed => !graph.edges[(id * count) + needed] || sorted.IndexOf(needed) < sorted.IndexOf(id)));
        }));

    [Fact]
    public void ResourcesThatNeedEachOtherAreAnError() =>
        Assert.Equal("t.yaml:2: Resources.A: resources depend on each other: A -> B -> A", Templates.Error(() => Templates.Parse("""
            Resources:
              A: {Type: AWS::SQS::Queue, DependsOn: B}
              B: {Type: AWS::SQS::Queue, Properties: {QueueName: !Ref A}}
            """)));

    [Fact]
    public void AResourceWhoseConditionDoesNotHoldIsNotThere()
    {
        const string Text = """
            Conditions: {Never: !Equals [a, b]}
            Resources:
              Gone: {Type: AWS::SQS::Queue, Condition: Never}
              Kept: {Type: AWS::SQS::Queue, DependsOn: Gone, Properties: {QueueName: !If [Never, !Ref Gone, kept]}}
            """;

        Assert.Equal("kept", Assert.IsType<QueueModel>(Assert.Single(Templates.Evaluate(Text).Models)).Name);
        Assert.Equal("t.yaml:5: Outputs.X.Value: nothing is named Gone: it is no parameter and no resource of this deployment",
            Templates.Error(() => Templates.Evaluate($"{Text}\nOutputs: {{X: {{Value: !Ref Gone}}}}").ToResources()));
    }

    [Theory]
    [InlineData("Resources: [", "not YAML: ")]
    [InlineData("Resources: {A: {Type: AWS::SQS::Queue}, A: {Type: AWS::SQS::Queue}}", "not YAML")]
    [InlineData("- a", "t.yaml:1: expected a map, found a list")]
    [InlineData("Parameters: {}", "t.yaml:1: Resources is missing")]
    [InlineData("Resource: {}", "a template has no section Resource")]
    [InlineData("Resources:\n  A: {}", "t.yaml:2: Resources.A: Type is missing")]
    [InlineData("Resources:\n  A:\n    Type: AWS::SNS::Topic\n    Properties:\n      TopicName: !Ref Q", "t.yaml:5: Resources.A.Properties.TopicName.Ref: nothing is named Q")]
    [InlineData("Resources:\n  A:\n    Type: AWS::CloudWatch::Alarm\n    Properties:\n      X: !GetAtt Q.Arn", "t.yaml:5: Resources.A.Properties.X.Fn::GetAtt: nothing is named Q")]
    public void InvalidTemplateIsReportedWithFileAndLine(string text, string expected)
    {
        var message = Templates.Error(() => Templates.Evaluate(text));

        Assert.Contains(expected, message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', message);
    }

    [Fact]
    public void JsonIsATemplateToo()
    {
        var stack = Templates.Evaluate("""
            {
            	"AWSTemplateFormatVersion": "2010-09-09",
            	"Resources": {
            		"Bucket": {"Type": "AWS::S3::Bucket", "Properties": {"BucketName": {"Fn::Sub": "x-\u00e9${AWS::Region}"}}}
            	}
            }
            """);

        Assert.Equal("x-éeu-west-1", Assert.IsType<BucketModel>(Assert.Single(stack.Models)).Name);
    }
}

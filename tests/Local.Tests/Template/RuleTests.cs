namespace Analytics.Local.Tests.Template;

public class RuleTests
{
    private const string Text = """
        Parameters:
          Vpc: {Type: String, Default: ""}
          Subnets: {Type: String, Default: ""}
        Rules:
          SubnetsOfTheVpc:
            RuleCondition: !Not [!Equals [!Ref Vpc, ""]]
            Assertions:
              - {Assert: !Not [!Equals [!Ref Subnets, ""]], AssertDescription: A VPC needs subnets.}
          Plain:
            Assertions:
              - {Assert: !Not [!Equals [!Ref Subnets, none]]}
        Resources:
          Queue: {Type: AWS::SQS::Queue}
        """;

    [Fact]
    public void AnAssertionThatDoesNotHoldIsRejectedWithItsDescription() =>
        Assert.Equal("t.yaml:8: Rules.SubnetsOfTheVpc.Assertions[0]: A VPC needs subnets.", Templates.Error(() => Templates.Parse(Text, ("Vpc", "v"))));

    [Fact]
    public void AssertionWithoutADescriptionIsReportedByItsRule() =>
        Assert.Contains("the rule Plain does not hold", Templates.Error(() => Templates.Parse(Text, ("Subnets", "none"))), StringComparison.Ordinal);

    [Fact]
    public void RuleWithAFalseConditionIsMet()
    {
        Assert.Single(Templates.Parse(Text).Resources);
        Assert.Single(Templates.Parse(Text, ("Vpc", "v"), ("Subnets", "s")).Resources);
    }
}

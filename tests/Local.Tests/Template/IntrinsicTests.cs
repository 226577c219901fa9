namespace Analytics.Local.Tests.Template;

public class IntrinsicTests
{
    private const string Sections = """
        Parameters:
          Stage: {Type: String, Default: dev}
          Names: {Type: CommaDelimitedList, Default: "one, two,three"}
        Mappings:
          Sizes:
            dev: {Memory: 128}
            prod: {Memory: 1024}
        Conditions:
          IsProd: !Equals [!Ref Stage, prod]
          IsKnown: !Or [!Condition IsProd, !Equals [!Ref Stage, dev]]
          IsOther: !Not [!Condition IsKnown]
          IsBoth: !And [!Condition IsKnown, !Condition IsProd]
        """;

    [Theory]
    [InlineData("!Ref Stage", "dev")]
    [InlineData("{Ref: Stage}", "dev")]
    [InlineData("{\"Ref\": \"AWS::Region\"}", "eu-west-1")]
    [InlineData("!Ref AWS::AccountId", "000000000000")]
    [InlineData("!Ref AWS::StackName", "demo")]
    [InlineData("!Ref AWS::Partition", "aws")]
    [InlineData("!Ref AWS::URLSuffix", "amazonaws.com")]
    [InlineData("!Ref Table", "things")]
    [InlineData("!GetAtt Table.Arn", "arn:aws:dynamodb:eu-west-1:000000000000:table/things")]
    [InlineData("{\"Fn::GetAtt\": [Queue, Arn]}", "arn:aws:sqs:eu-west-1:000000000000:demo-Queue")]
    [InlineData("{\"Fn::GetAtt\": Queue.QueueName}", "demo-Queue")]
    [InlineData("!Sub '${Stage}-${Table}-${Table.Arn}-${!Kept}'", "dev-things-arn:aws:dynamodb:eu-west-1:000000000000:table/things-${Kept}")]
    [InlineData("!Sub ['${Stage}/${Own}', {Own: !Ref Table}]", "dev/things")]
    [InlineData("!Join ['-', [a, !Ref Stage, !Ref 'AWS::NoValue', c]]", "a-dev-c")]
    [InlineData("!Join ['|', !Ref Names]", "one|two|three")]
    [InlineData("!Select [1, !Ref Names]", "two")]
    [InlineData("!Select ['2', !Split [':', 'a:b:c']]", "c")]
    [InlineData("!FindInMap [Sizes, !Ref Stage, Memory]", "128")]
    [InlineData("!If [IsProd, yes-it-is, !Ref Stage]", "dev")]
    [InlineData("!If [IsKnown, known, other]", "known")]
    [InlineData("!If [IsOther, other, known]", "known")]
    [InlineData("!If [IsBoth, both, not-both]", "not-both")]
    [InlineData("!Base64 hello", "aGVsbG8=")]
    [InlineData("{\"Fn::Join\": [\"\", [{\"Fn::Sub\": \"${Stage}\"}, \"!\"]]}", "dev!")]
    public void AFunctionHasItsValueInBothSpellings(string expression, string expected) =>
        Assert.Equal(expected, Templates.Output(expression, Sections));

    [Fact]
    public void GivenParameterChangesDependentValues() =>
        Assert.Equal("1024", Templates.Output("!If [IsProd, !FindInMap [Sizes, prod, Memory], none]", Sections, ("Stage", "prod")));

    [Theory]
    [InlineData("!Ref Nothing", "nothing is named Nothing")]
    [InlineData("!GetAtt Nothing.Arn", "Nothing")]
    [InlineData("!GetAtt Table.Colour", "Table has no attribute Colour")]
    [InlineData("!ImportValue other", "Fn::ImportValue is not supported")]
    [InlineData("!Cidr [10.0.0.0/16, 2, 8]", "Fn::Cidr is not supported")]
    [InlineData("!Select [7, !Ref Names]", "asks for value 7 of 3")]
    [InlineData("!If [Missing, a, b]", "no condition is named Missing")]
    [InlineData("!FindInMap [Sizes, test, Memory]", "Sizes.test.Memory")]
    [InlineData("!Join [a]", "takes 2 values")]
    public void InvalidFunctionIsReportedWithFileLineAndPath(string expression, string expected)
    {
        var message = Templates.Error(() => Templates.Output(expression, Sections));

        Assert.Contains(expected, message, StringComparison.Ordinal);
        Assert.Matches(@"^t\.yaml:\d+: Outputs\.Out\.Value", message);
        Assert.DoesNotContain('\n', message);
    }

    [Fact]
    public void AConditionThatDependsOnItselfIsAnError() =>
        Assert.Contains("depends on itself", Templates.Error(() =>
            Templates.Output("!If [A, 1, 2]", "Conditions:\n  A: !Not [!Condition B]\n  B: !Not [!Condition A]")), StringComparison.Ordinal);
}

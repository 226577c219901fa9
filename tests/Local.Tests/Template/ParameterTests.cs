namespace Analytics.Local.Tests.Template;

public class ParameterTests
{
    private static string Value(string declaration, string? given = null) => given is null
        ? Templates.Output("!Ref P", $"Parameters:\n  P: {declaration}")
        : Templates.Output("!Ref P", $"Parameters:\n  P: {declaration}", ("P", given));

    [Theory]
    [InlineData("{Type: String, Default: ''}", null, "")]
    [InlineData("{Type: Number, Default: 3}", null, "3")]
    [InlineData("{Type: Number, Default: 3, MaxValue: 9}", "9", "9")]
    [InlineData("{Type: String, AllowedValues: [a, b]}", "b", "b")]
    [InlineData("{Type: String, AllowedPattern: '^$|x+'}", "xx", "xx")]
    [InlineData("{Type: 'AWS::SSM::Parameter::Value<String>', Default: /path}", null, "/path")]
    public void ParameterHasItsGivenValueOrItsDefault(string declaration, string? given, string expected) =>
        Assert.Equal(expected, Value(declaration, given));

    [Theory]
    [InlineData("{Type: String}", null, "give P=<value>")]
    [InlineData("{Type: Number}", "many", "is not a number")]
    [InlineData("{Type: Number, MaxValue: 9}", "10", "the most is 9")]
    [InlineData("{Type: Number, MinValue: 2}", "1", "the least is 2")]
    [InlineData("{Type: String, MinLength: 2}", "a", "the least is 2 characters")]
    [InlineData("{Type: String, AllowedValues: [a, b]}", "c", "choose one of a, b")]
    [InlineData("{Type: String, AllowedPattern: 'x+'}", "xy", "does not match x+")]
    public void AValueThatIsNotAllowedIsAnError(string declaration, string? given, string expected)
    {
        var message = Templates.Error(() => Value(declaration, given));

        Assert.Contains(expected, message, StringComparison.Ordinal);
        Assert.StartsWith("t.yaml:2: Parameters.P", message, StringComparison.Ordinal);
    }

    [Fact]
    public void UnknownParameterNameIsAnError() =>
        Assert.Equal("t.yaml: no parameter is named Q: it has P",
            Templates.Error(() => Templates.Output("x", "Parameters:\n  P: {Type: String, Default: a}", ("Q", "1"))));

    [Fact]
    public void OverriddenDefaultAppliesToAnExistingParameterWithoutAValue()
    {
        const string Text = "Parameters:\n  P: {Type: Number, Default: 5, MaxValue: 300}\nResources: {}\n";
        var defaults = new Dictionary<string, string> { ["P"] = "1", ["Unknown"] = "2" };

        Assert.Equal("1", Value([]));
        Assert.Equal("7", Value(new() { ["P"] = "7" }));

        string Value(Dictionary<string, string> given) => Analytics.Local.Template.ParameterResolver.Resolve(
            Analytics.Local.Template.Syntax.TemplateReader.Read("t.yaml", Text).Find("Parameters")!.AsMap(), given, "t.yaml", defaults)["P"].AsText();
    }
}

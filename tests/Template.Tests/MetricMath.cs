using System.Globalization;
using System.Text.RegularExpressions;

namespace Analytics.Template.Tests;

/// <summary>
/// One data point of a CloudWatch metric math expression, limited to the syntax of the alarms: numbers, metrics, + * /, comparisons (1 or 0), FILL, IF and MAX
/// (https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/using-metric-math.html).
/// </summary>
internal sealed partial class MetricMath
{
    private readonly IReadOnlyDictionary<string, double> _metrics;
    private readonly List<string> _tokens;
    private int _next;

    private MetricMath(string expression, IReadOnlyDictionary<string, double> metrics)
    {
        _metrics = metrics;
        _tokens = [.. Token().Matches(expression).Select(match => match.Value)];
    }

    /// <summary>The value, or null if a metric without FILL has no data.</summary>
    public static double? Evaluate(string expression, IReadOnlyDictionary<string, double> metrics)
    {
        var math = new MetricMath(expression, metrics);
        var value = math.Comparison();
        return math._next == math._tokens.Count ? value : throw new FormatException($"'{math._tokens[math._next]}' in {expression}");
    }

    private double? Comparison()
    {
        var left = Sum();
        return Peek() switch
        {
            ">" => Next() is var _ && Sum() is { } right && left is { } l ? (l > right ? 1 : 0) : null,
            "==" => Next() is var _ && Sum() is { } right && left is { } l ? (l == right ? 1 : 0) : null,
            _ => left,
        };
    }

    private double? Sum()
    {
        var value = Product();
        while (Peek() == "+")
        {
            Next();
            value += Product();
        }

        return value;
    }

    private double? Product()
    {
        var value = Operand();
        while (Peek() is "*" or "/")
        {
            value = Next() == "*" ? value * Operand() : value / Operand();
        }

        return value;
    }

    private double? Operand()
    {
        var token = Next();
        switch (token)
        {
            case "(":
                var inner = Comparison();
                Expect(")");
                return inner;
            case "FILL":
                var filled = Arguments();
                return filled[0] ?? filled[1];
            case "IF":
                var choice = Arguments();
                return choice[0] is { } condition ? (condition != 0 ? choice[1] : choice[2]) : null;
            case "MAX":
                return Arguments().Max();
            default:
                return double.TryParse(token, CultureInfo.InvariantCulture, out var number) ? number : _metrics.TryGetValue(token, out var value) ? value : null;
        }
    }

    private List<double?> Arguments()
    {
        Expect("(");
        var isList = Peek() == "[" && Next() == "[";
        List<double?> arguments = [Comparison()];
        while (Peek() == ",")
        {
            Next();
            arguments.Add(Comparison());
        }

        if (isList)
        {
            Expect("]");
        }

        Expect(")");
        return arguments;
    }

    private string Peek() => _next < _tokens.Count ? _tokens[_next] : "";

    private string Next() => _next < _tokens.Count ? _tokens[_next++] : throw new FormatException("the expression ends early");

    private void Expect(string token)
    {
        if (Next() is var found && found != token)
        {
            throw new FormatException($"'{found}' where '{token}' was expected");
        }
    }

    [GeneratedRegex(@"[A-Za-z][A-Za-z0-9_]*|[0-9.]+|==|[-+*/>(),\[\]]")]
    private static partial Regex Token();
}

using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Analytics.Events.Patterns;

/// <summary>Compiles the JSON of a pattern. Every error names its path and what is expected there.</summary>
internal static class PatternParser
{
    private const string OrKey = "$or";
    private const string Operators =
        "prefix, suffix, equals-ignore-case, wildcard, anything-but, numeric, exists, cidr or exactly";
    private const string AnythingButOperators = "prefix, suffix, equals-ignore-case or wildcard";

    /// <summary>Compiles the value at the reader's position.</summary>
    public static PatternNode Parse(ref Utf8JsonReader reader, PatternTarget target)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            throw Fault("", $"expected an object, found {Describe(reader.TokenType)}.");
        }

        return ParseNode(ref reader, "", target, new PatternPaths());
    }

    /// <param name="reader">Positioned at the opening brace.</param>
    /// <param name="path">The path of the object.</param>
    /// <param name="target">The target of the pattern at the top level, and null below.</param>
    /// <param name="paths">The fields that already have conditions.</param>
    private static PatternNode ParseNode(ref Utf8JsonReader reader, string path, PatternTarget? target, PatternPaths paths)
    {
        var keys = new PatternKeys();
        var expression = ParseLevel(ref reader, path, target, keys, paths);
        return new PatternNode(keys.Keys, expression);
    }

    private static PatternExpression ParseLevel(
        ref Utf8JsonReader reader, string path, PatternTarget? target, PatternKeys keys, PatternPaths paths)
    {
        var required = 0UL;
        var ors = new List<IReadOnlyList<PatternExpression>>();
        var names = new HashSet<string>();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = ReadText(ref reader, path);
            var at = path.Length == 0 ? name : $"{path}.{name}";
            if (!names.Add(name))
            {
                throw Fault(at, "the key is given twice.");
            }

            reader.Read();
            if (name == OrKey)
            {
                ors.Add(ParseOr(ref reader, at, target, keys, paths));
                continue;
            }

            var rule = ParseRule(ref reader, at, name, target, paths.Below(name));
            if (!keys.TryAdd(name, rule, isTop: target is not null, ref required, ors))
            {
                throw Fault(at, $"a level may have at most {PatternExpression.MaxKeys} keys, those within $or included; a key with a dot is two.");
            }
        }

        if (names.Count == 0)
        {
            throw Fault(path, "expected at least one key, found an empty object.");
        }

        return new PatternExpression(required, ors);
    }

    private static List<PatternExpression> ParseOr(
        ref Utf8JsonReader reader, string path, PatternTarget? target, PatternKeys keys, PatternPaths paths)
    {
        Expect(ref reader, JsonTokenType.StartArray, path, "an array of patterns");
        var alternatives = new List<PatternExpression>();
        var branches = new List<PatternPaths>();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            var at = $"{path}[{alternatives.Count}]";
            Expect(ref reader, JsonTokenType.StartObject, at, "a pattern");
            branches.Add(paths.Fork());
            alternatives.Add(ParseLevel(ref reader, at, target, keys, branches[^1]));
        }

        paths.Join(branches);
        return alternatives.Count > 0 ? alternatives : throw Fault(path, "expected at least one pattern, found an empty array.");
    }

    private static PatternRule ParseRule(ref Utf8JsonReader reader, string path, string name, PatternTarget? target, PatternPaths paths)
    {
        var isField = false;
        if (target == PatternTarget.Event && name != Pattern.DataKey && !name.StartsWith(Pattern.DataKey + '.', StringComparison.Ordinal))
        {
            isField = EventFieldNames.TryParse(name, out _)
                ? true
                : throw Fault(path, "not a field of events; expected a canonical name such as event_type or amount, or data for the producer's own JSON.");
        }

        if (reader.TokenType == JsonTokenType.StartObject && !isField)
        {
            return ParseNode(ref reader, path, target: null, paths);
        }

        Expect(ref reader, JsonTokenType.StartArray, path, isField ? "an array of conditions" : "an array of conditions or an object");
        if (!paths.TryAdd())
        {
            throw Fault(path, "the field also has conditions outside of this $or or in a key with a dot; specify them once.");
        }

        return ParseLeaf(ref reader, path, isField);
    }

    private static PatternLeaf ParseLeaf(ref Utf8JsonReader reader, string path, bool isField)
    {
        var conditions = new List<Condition>();
        var matchesNothing = false;
        var count = 0;
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (isField && reader.TokenType == JsonTokenType.Null)
            {
                throw Fault($"{path}[{count}]", "a field of an event is never null, only absent; expected {\"exists\": false} instead.");
            }

            if (ParseCondition(ref reader, $"{path}[{count++}]") is { } condition)
            {
                conditions.Add(condition);
            }
            else
            {
                matchesNothing = true;
            }
        }

        return count > 0 ? new PatternLeaf(conditions, matchesNothing) : throw Fault(path, "expected at least one condition, found an empty array.");
    }

    /// <summary>Compiles a condition; null stands for <c>{"exists": false}</c>, which no value matches.</summary>
    private static Condition? ParseCondition(ref Utf8JsonReader reader, string path) => reader.TokenType switch
    {
        JsonTokenType.String => new TextCondition(ReadText(ref reader, path)),
        JsonTokenType.Number => new NumberCondition(ReadNumber(ref reader, path)),
        JsonTokenType.True => new LiteralCondition(Json.JsonKind.True),
        JsonTokenType.False => new LiteralCondition(Json.JsonKind.False),
        JsonTokenType.Null => new LiteralCondition(Json.JsonKind.Null),
        JsonTokenType.StartObject => ParseOperator(ref reader, path),
        _ => throw Fault(path, $"expected a string, a number, true, false, null or an operator object, found {Describe(reader.TokenType)}."),
    };

    private static Condition? ParseOperator(ref Utf8JsonReader reader, string path)
    {
        if (!reader.Read() || reader.TokenType != JsonTokenType.PropertyName)
        {
            throw Fault(path, $"expected an operator ({Operators}), found an empty object.");
        }

        var name = ReadText(ref reader, path);
        var at = $"{path}.{name}";
        reader.Read();
        Condition? condition = name switch
        {
            "exists" => ParseExists(ref reader, at) ? new ExistsCondition() : null,
            "numeric" => ParseNumeric(ref reader, at),
            "anything-but" => ParseAnythingBut(ref reader, at),
            "cidr" => ParseCidr(ref reader, at),
            "exactly" => new TextCondition(ReadString(ref reader, at)),
            _ => ParseTextOperator(ref reader, name, at, Operators),
        };
        if (!reader.Read() || reader.TokenType != JsonTokenType.EndObject)
        {
            throw Fault(path, "an operator must be the only key of its object; put other operators into separate objects.");
        }

        return condition;
    }

    private static bool ParseExists(ref Utf8JsonReader reader, string path) => reader.TokenType switch
    {
        JsonTokenType.True => true,
        JsonTokenType.False => false,
        _ => throw Fault(path, $"expected true or false, found {Describe(reader.TokenType)}."),
    };

    private static Condition ParseTextOperator(ref Utf8JsonReader reader, string name, string path, string operators)
    {
        switch (name)
        {
            case "prefix":
            case "suffix":
                if (reader.TokenType == JsonTokenType.StartObject)
                {
                    return ParseIgnoreCasePart(ref reader, path, name == "prefix" ? IgnoreCaseCondition.TextPart.Prefix : IgnoreCaseCondition.TextPart.Suffix);
                }

                var part = ReadString(ref reader, path);
                return name == "prefix" ? new PrefixCondition(part) : new SuffixCondition(part);
            case "equals-ignore-case":
                return new IgnoreCaseCondition(ReadString(ref reader, path), IgnoreCaseCondition.TextPart.Whole);
            case "wildcard":
                return new WildcardCondition(WildcardParts(ReadString(ref reader, path), path));
            default:
                throw Fault(path, $"not an operator; expected {operators}.");
        }
    }

    private static CidrCondition ParseCidr(ref Utf8JsonReader reader, string path)
    {
        var text = ReadString(ref reader, path);
        var slash = text.IndexOf('/', StringComparison.Ordinal);
        if (slash < 0
            || !IpAddress.TryParse(Encoding.UTF8.GetBytes(text[..slash]), out var network)
            || !int.TryParse(text.AsSpan(slash + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var length)
            || length >= network.Length)
        {
            throw Fault(path, "expected a network such as \"10.0.0.0/24\" (up to /31) or \"2001:db8::/32\" (up to /127).");
        }

        return new CidrCondition(network, length);
    }

    private static IgnoreCaseCondition ParseIgnoreCasePart(ref Utf8JsonReader reader, string path, IgnoreCaseCondition.TextPart part)
    {
        const string Expected = "expected a string, or an object with equals-ignore-case alone.";
        if (!reader.Read() || reader.TokenType != JsonTokenType.PropertyName || ReadText(ref reader, path) != "equals-ignore-case")
        {
            throw Fault(path, Expected);
        }

        reader.Read();
        var condition = new IgnoreCaseCondition(ReadString(ref reader, $"{path}.equals-ignore-case"), part);
        return reader.Read() && reader.TokenType == JsonTokenType.EndObject ? condition : throw Fault(path, Expected);
    }

    private static AnythingButCondition ParseAnythingBut(ref Utf8JsonReader reader, string path)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            return new AnythingButCondition(ParseOneOrMore(ref reader, path, ParseExcluded));
        }

        if (!reader.Read() || reader.TokenType != JsonTokenType.PropertyName)
        {
            throw Fault(path, $"expected {AnythingButOperators}, found an empty object.");
        }

        var name = ReadText(ref reader, path);
        reader.Read();
        var conditions = ParseOneOrMore(ref reader, $"{path}.{name}", (ref Utf8JsonReader inner, string at) => ParseTextOperator(ref inner, name, at, AnythingButOperators));
        return reader.Read() && reader.TokenType == JsonTokenType.EndObject
            ? new AnythingButCondition(conditions)
            : throw Fault(path, "an operator must be the only key of its object.");
    }

    private static Condition ParseExcluded(ref Utf8JsonReader reader, string path) => reader.TokenType switch
    {
        JsonTokenType.String => new TextCondition(ReadText(ref reader, path)),
        JsonTokenType.Number => new NumberCondition(ReadNumber(ref reader, path)),
        _ => throw Fault(path, $"expected a string or a number, found {Describe(reader.TokenType)}."),
    };

    private delegate Condition ConditionParser(ref Utf8JsonReader reader, string path);

    private static List<Condition> ParseOneOrMore(ref Utf8JsonReader reader, string path, ConditionParser parse)
    {
        if (reader.TokenType != JsonTokenType.StartArray)
        {
            return [parse(ref reader, path)];
        }

        var conditions = new List<Condition>();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            conditions.Add(parse(ref reader, $"{path}[{conditions.Count}]"));
        }

        return conditions.Count > 0 ? conditions : throw Fault(path, "expected at least one value, found an empty array.");
    }

    /// <summary><c>["=", n]</c>, one bound, or a lower bound and then an upper one.</summary>
    private static NumericCondition ParseNumeric(ref Utf8JsonReader reader, string path)
    {
        Expect(ref reader, JsonTokenType.StartArray, path, "an array such as [\">\", 0, \"<=\", 5]");
        var (sign, value) = ParseBound(ref reader, path, 0);
        var low = new NumericCondition.Bound(sign is '<' or 'l' ? null : value, sign is '=' or 'g');
        var high = new NumericCondition.Bound(sign is '>' or 'g' ? null : value, sign is '=' or 'l');
        reader.Read();
        if (reader.TokenType == JsonTokenType.EndArray)
        {
            return new NumericCondition(low, high);
        }

        if (sign is not ('>' or 'g'))
        {
            throw Fault(path, "a range is a lower bound (> or >=) and then an upper one (< or <=).");
        }

        (sign, var highest) = ReadBound(ref reader, path, 2);
        if (sign is not ('<' or 'l') || highest <= value)
        {
            throw Fault($"{path}[2]", "expected < or <= and a number above the lower bound.");
        }

        reader.Read();
        return reader.TokenType == JsonTokenType.EndArray
            ? new NumericCondition(low, new NumericCondition.Bound(highest, sign == 'l'))
            : throw Fault(path, "expected at most two bounds.");
    }

    private static (char Sign, decimal Value) ParseBound(ref Utf8JsonReader reader, string path, int index)
    {
        reader.Read();
        return ReadBound(ref reader, path, index);
    }

    /// <summary>Parses an operator and its number; <c>g</c> and <c>l</c> stand for >= and &lt;=.</summary>
    private static (char Sign, decimal Value) ReadBound(ref Utf8JsonReader reader, string path, int index)
    {
        var sign = (reader.TokenType == JsonTokenType.String ? ReadText(ref reader, path) : "") switch
        {
            "=" => '=',
            ">" => '>',
            "<" => '<',
            ">=" => 'g',
            "<=" => 'l',
            _ => throw Fault($"{path}[{index}]", "expected one of \"=\", \">\", \">=\", \"<\", \"<=\"."),
        };
        reader.Read();
        return reader.TokenType == JsonTokenType.Number
            ? (sign, ReadNumber(ref reader, $"{path}[{index + 1}]"))
            : throw Fault($"{path}[{index + 1}]", $"expected a number, found {Describe(reader.TokenType)}.");
    }

    private static List<string> WildcardParts(string text, string path)
    {
        var parts = new List<string>();
        var part = new StringBuilder();
        for (var index = 0; index < text.Length; index++)
        {
            var next = text[index];
            if (next == '\\')
            {
                index++;
                next = index < text.Length && text[index] is '*' or '\\'
                    ? text[index]
                    : throw Fault(path, "a backslash must precede * or another backslash.");
                part.Append(next);
            }
            else if (next != '*')
            {
                part.Append(next);
            }
            else if (index > 0 && text[index - 1] == '*' && part.Length == 0)
            {
                throw Fault(path, "two asterisks in a row are not allowed.");
            }
            else
            {
                parts.Add(part.ToString());
                part.Clear();
            }
        }

        parts.Add(part.ToString());
        return parts;
    }

    private static string ReadString(ref Utf8JsonReader reader, string path)
    {
        Expect(ref reader, JsonTokenType.String, path, "a string");
        return ReadText(ref reader, path);
    }

    private static string ReadText(ref Utf8JsonReader reader, string path)
    {
        try
        {
            return reader.GetString()!;
        }
        catch (InvalidOperationException)
        {
            throw Fault(path, "the text is not valid Unicode.");
        }
    }

    private static decimal ReadNumber(ref Utf8JsonReader reader, string path) =>
        reader.TryGetDecimal(out var number) ? number : throw Fault(path, "the number is too large.");

    private static void Expect(ref Utf8JsonReader reader, JsonTokenType type, string path, string what)
    {
        if (reader.TokenType != type)
        {
            throw Fault(path, $"expected {what}, found {Describe(reader.TokenType)}.");
        }
    }

    private static PatternException Fault(string path, string fault) => new(path, fault);

    /// <summary>Describes a token for messages.</summary>
    internal static string Describe(JsonTokenType type) => type switch
    {
        JsonTokenType.StartObject => "an object",
        JsonTokenType.StartArray => "an array",
        JsonTokenType.EndArray => "the end of the array",
        JsonTokenType.EndObject => "the end of the object",
        JsonTokenType.String => "a string",
        JsonTokenType.Number => "a number",
        JsonTokenType.Null => "null",
        _ => "true or false",
    };
}

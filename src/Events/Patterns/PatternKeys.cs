namespace Analytics.Events.Patterns;

/// <summary>
/// The keys of one level during compilation. A key with a dot names a nested field, as in EventBridge, where <c>a.b</c> and <c>b</c>
/// below <c>a</c> are the same path; and also a field whose name contains the dot.
/// </summary>
internal sealed class PatternKeys
{
    private readonly List<PatternKey> _keys = [];

    /// <summary>Gets the keys.</summary>
    public IReadOnlyList<PatternKey> Keys => _keys;

    /// <summary>Adds a key. Returns false if the level is full.</summary>
    /// <param name="name">The key, with or without dots.</param>
    /// <param name="rule">The rule of the key.</param>
    /// <param name="isTop">Whether this is the top level, where no field name contains a dot.</param>
    /// <param name="required">The keys that are required.</param>
    /// <param name="ors">The alternatives of each <c>$or</c>.</param>
    public bool TryAdd(string name, PatternRule rule, bool isTop, ref ulong required, List<IReadOnlyList<PatternExpression>> ors)
    {
        var dot = name.IndexOf('.', StringComparison.Ordinal);
        if (_keys.Count + (dot < 0 || isTop ? 1 : 2) > PatternExpression.MaxKeys)
        {
            return false;
        }

        if (dot < 0)
        {
            required |= Add(name, rule);
            return true;
        }

        var nested = Add(name[..dot], Nest(name[(dot + 1)..], rule));
        if (isTop)
        {
            required |= nested;
        }
        else if (rule.MatchesNothing)
        {
            required |= nested | Add(name, rule);
        }
        else
        {
            ors.Add([new PatternExpression(nested, []), new PatternExpression(Add(name, rule), [])]);
        }

        return true;
    }

    private static PatternNode Nest(string name, PatternRule rule)
    {
        var keys = new PatternKeys();
        var required = 0UL;
        var ors = new List<IReadOnlyList<PatternExpression>>();
        keys.TryAdd(name, rule, isTop: false, ref required, ors);
        return new PatternNode(keys.Keys, new PatternExpression(required, ors));
    }

    private ulong Add(string name, PatternRule rule)
    {
        _keys.Add(new PatternKey(name, rule));
        return 1UL << (_keys.Count - 1);
    }
}

namespace Analytics.Events.Definitions;

/// <summary>A part of an <see cref="AlertTemplate"/>.</summary>
public readonly record struct AlertTemplatePart
{
    private AlertTemplatePart(string text, bool isPlaceholder) => (Text, IsPlaceholder) = (text, isPlaceholder);

    /// <summary>The literal text, or the placeholder's name.</summary>
    public string Text { get; }

    /// <summary>Whether it is a placeholder.</summary>
    public bool IsPlaceholder { get; }

    internal static AlertTemplatePart OfLiteral(string text) => new(text, isPlaceholder: false);

    internal static AlertTemplatePart OfPlaceholder(string name) => new(name, isPlaceholder: true);
}

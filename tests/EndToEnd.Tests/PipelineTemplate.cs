using System.Text.RegularExpressions;

namespace Analytics.EndToEnd.Tests;

/// <summary>The pipeline's template with other code behind some of its functions; everything else is as it was.</summary>
internal sealed partial class PipelineTemplate : IDisposable
{
    private const string Variables = "        Variables:\n";
    private static readonly string NativeExecutables = Path.Combine(Repository.Root, ".analytics/build/native");
    private static readonly Lazy<string> Fastest = new(() => NativeFactAttribute.IsNative ? WriteNative() : Repository.Template);
    private readonly string _folder = Path.Combine(Repository.Root, ".analytics/tmp", Guid.NewGuid().ToString("N"));
    private string _text = Replace(File.ReadAllText(Repository.Template), "    CodeUri: .\n", $"    CodeUri: {Repository.Root}\n");

    /// <summary>
    /// Where the native executables are built, the template with those behind its functions: they start in a fiftieth of the processor time that
    /// the .NET builds take. Elsewhere the unchanged template.
    /// </summary>
    public static string Shipped => Fastest.Value;

    /// <summary>Has every function run from its native executable, where they are built.</summary>
    public PipelineTemplate()
    {
        if (NativeFactAttribute.IsNative)
        {
            foreach (var folder in Directory.EnumerateDirectories(NativeExecutables))
            {
                SetCode(Path.GetFileName(folder), folder);
            }
        }
    }

    /// <summary>Has a function run from a folder with an executable, instead of being built.</summary>
    /// <param name="function">Its logical id.</param>
    /// <param name="folder">The folder with its <c>bootstrap</c>.</param>
    /// <param name="variables">Environment variables that it gets besides its own.</param>
    public void SetCode(string function, string folder, params (string Name, string Value)[] variables)
    {
        var start = _text.IndexOf($"\n  {function}:\n", StringComparison.Ordinal);
        var end = _text.IndexOf("\n\n", start, StringComparison.Ordinal);
        var properties = $"    Properties:\n      CodeUri: {folder}\n";
        var resource = Metadata.Replace(_text[start..end], properties, 1);
        Assert.Contains(properties, resource, StringComparison.Ordinal);
        var flow = Regex.Match(resource, @"Variables:\s*\{");
        resource = flow.Success
            ? resource.Insert(flow.Index + flow.Length, string.Concat(variables.Select(variable => $"{variable.Name}: \"{variable.Value}\", ")))
            : Replace(resource, Variables, Variables + string.Concat(variables.Select(variable => $"          {variable.Name}: \"{variable.Value}\"\n")));
        _text = _text[..start] + resource + _text[end..];
    }

    /// <summary>Takes a function's schedule away.</summary>
    public void Unschedule(string function)
    {
        var start = _text.IndexOf($"\n  {function}:\n", StringComparison.Ordinal);
        var events = _text.IndexOf("      Events:\n        Schedule:\n", start, StringComparison.Ordinal);
        var end = _text.IndexOf("\n\n", start, StringComparison.Ordinal);
        Assert.InRange(events, start, end);
        _text = _text[..events].TrimEnd('\n') + _text[end..];
    }

    /// <summary>Writes the template where it stays until this is disposed of.</summary>
    public async Task<string> WriteAsync()
    {
        Directory.CreateDirectory(_folder);
        var file = Path.Combine(_folder, "template.yaml");
        await File.WriteAllTextAsync(file, _text);
        return file;
    }

    public void Dispose()
    {
        if (Directory.Exists(_folder))
        {
            Directory.Delete(_folder, recursive: true);
        }
    }

    /// <summary>A file for all tests, of this process and others: below the repository, so that definitions.json is found.</summary>
    private static string WriteNative()
    {
        using var template = new PipelineTemplate();
        var folder = Path.Combine(Repository.Root, ".analytics/tests");
        Directory.CreateDirectory(folder);
        var file = Path.Combine(folder, "template.yaml");
        var temporary = $"{file}.{Environment.ProcessId}";
        File.WriteAllText(temporary, template._text);
        File.Move(temporary, file, overwrite: true);
        return file;
    }

    [GeneratedRegex(@"    Metadata: \{BuildMethod: makefile\}\n    Properties:\n|    Properties:\n      CodeUri: .*\n")]
    private static partial Regex Metadata { get; }

    private static string Replace(string text, string old, string @new)
    {
        Assert.Contains(old, text, StringComparison.Ordinal);
        return text.Replace(old, @new, StringComparison.Ordinal);
    }
}

using System.Text.Json;

namespace Analytics.EndToEnd.Tests;

/// <summary>The objects of a stopped pipeline, read from its data folder (see node/emulators/kept-in-files.js for the format).</summary>
internal static class LocalObjects
{
    /// <summary>All objects of all buckets.</summary>
    public static IEnumerable<(string Key, byte[] Content)> In(string dataFolder)
    {
        foreach (var file in Directory.EnumerateFiles(Path.Combine(dataFolder, "services", "s3"), "*", SearchOption.AllDirectories))
        {
            var bytes = File.ReadAllBytes(file);
            var end = Array.IndexOf(bytes, (byte)'\n');
            using var description = JsonDocument.Parse(bytes.AsMemory(0, end));
            yield return (description.RootElement.GetProperty("key").GetString()!, bytes[(end + 1)..]);
        }
    }
}

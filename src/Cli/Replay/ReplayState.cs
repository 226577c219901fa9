using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Analytics.Cli.Shared.Commands;
using Analytics.Cli.Shared.Redelivery;
using Analytics.Streaming;

namespace Analytics.Cli.Replay;

/// <summary>The progress of a replay, stored in a file so that an interrupted replay can be resumed.</summary>
internal sealed class ReplayState
{
    private readonly string _path;
    private readonly Dictionary<string, string> _delivered;

    private ReplayState(string path, Dictionary<string, string> delivered)
    {
        _path = path;
        _delivered = delivered;
    }

    /// <summary>Whether an earlier run made progress.</summary>
    public bool IsResumed => _delivered.Count > 0;

    /// <summary>Opens the state of a replay.</summary>
    /// <param name="workFolder">The command's working folder.</param>
    /// <param name="replay">Identifies the replay.</param>
    /// <exception cref="UserException">The file exists but is not the state of a replay.</exception>
    public static ReplayState Open(string workFolder, string replay)
    {
        var name = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(replay)).AsSpan(0, 8));
        var path = Path.Combine(workFolder, "replay", name + ".json");
        try
        {
            return new ReplayState(path, JsonSerializer.Deserialize(File.ReadAllBytes(path), ReplayJson.Default.DictionaryStringString) ?? []);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return new ReplayState(path, []);
        }
        catch (JsonException e)
        {
            throw new UserException($"{path} was not written by `analytics replay`. Delete it to start over.", e);
        }
    }

    /// <summary>Returns whether the function has already processed the record.</summary>
    public bool IsDelivered(string function, PastRecord record) =>
        _delivered.TryGetValue(GetKey(function, record), out var last) && record.SequenceNumber <= SequenceNumber.Parse(last);

    /// <summary>Records that the function processed records.</summary>
    public void Delivered(string function, IEnumerable<PastRecord> records)
    {
        foreach (var record in records)
        {
            _delivered[GetKey(function, record)] = record.SequenceNumber.ToString();
        }

        Directory.CreateDirectory(Path.GetDirectoryName(_path)!);
        var temporary = _path + ".new";
        File.WriteAllBytes(temporary, JsonSerializer.SerializeToUtf8Bytes(_delivered, ReplayJson.Default.DictionaryStringString));
        File.Move(temporary, _path, overwrite: true);
    }

    /// <summary>Deletes the state after the replay is complete.</summary>
    public void Complete() => File.Delete(_path);

    // An archive is read by the hour, and a shard's sequence numbers increase monotonically only within an hour.
    private static string GetKey(string function, PastRecord record) =>
        string.Create(CultureInfo.InvariantCulture, $"{function} {record.ShardId} {record.ArrivalTime.UtcDateTime:yyyy-MM-dd'T'HH}");
}

/// <summary>JSON serialization of <see cref="ReplayState"/>.</summary>
[JsonSourceGenerationOptions(WriteIndented = true)]
[JsonSerializable(typeof(Dictionary<string, string>))]
internal sealed partial class ReplayJson : JsonSerializerContext;

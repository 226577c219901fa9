using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Analytics.Cli.Shared.Commands;
using Analytics.Cli.Shared.Redelivery;
using Analytics.Streaming;

namespace Analytics.Cli.Replay;

/// <summary>How far a replay has come, in a file, so that the same replay can go on where it was stopped.</summary>
internal sealed class ReplayState
{
    private readonly string _path;
    private readonly Dictionary<string, string> _delivered;

    private ReplayState(string path, Dictionary<string, string> delivered)
    {
        _path = path;
        _delivered = delivered;
    }

    /// <summary>Whether an earlier run got somewhere.</summary>
    public bool IsResumed => _delivered.Count > 0;

    /// <summary>Opens the state of a replay.</summary>
    /// <param name="workFolder">The folder for what the command keeps.</param>
    /// <param name="replay">What is replayed: the same text for the same replay.</param>
    /// <exception cref="UserException">There is a file that is none.</exception>
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
            throw new UserException($"{path} is not what `analytics replay` writes. Delete it to begin anew.", e);
        }
    }

    /// <summary>Whether the function took the record already.</summary>
    public bool IsDelivered(string function, PastRecord record) =>
        _delivered.TryGetValue(KeyOf(function, record), out var last) && record.SequenceNumber <= SequenceNumber.Parse(last);

    /// <summary>Notes that the function took records.</summary>
    public void Delivered(string function, IEnumerable<PastRecord> records)
    {
        foreach (var record in records)
        {
            _delivered[KeyOf(function, record)] = record.SequenceNumber.ToString();
        }

        Directory.CreateDirectory(Path.GetDirectoryName(_path)!);
        var temporary = _path + ".new";
        File.WriteAllBytes(temporary, JsonSerializer.SerializeToUtf8Bytes(_delivered, ReplayJson.Default.DictionaryStringString));
        File.Move(temporary, _path, overwrite: true);
    }

    /// <summary>Forgets the replay: it is complete.</summary>
    public void Complete() => File.Delete(_path);

    // An archive is read by the hour: only within one do a shard's sequence numbers rise all the time.
    private static string KeyOf(string function, PastRecord record) =>
        string.Create(CultureInfo.InvariantCulture, $"{function} {record.ShardId} {record.ArrivalTime.UtcDateTime:yyyy-MM-dd'T'HH}");
}

/// <summary>The JSON of <see cref="ReplayState"/>.</summary>
[JsonSourceGenerationOptions(WriteIndented = true)]
[JsonSerializable(typeof(Dictionary<string, string>))]
internal sealed partial class ReplayJson : JsonSerializerContext;

using System.Text.Json;

namespace Amazon.Protocols;

/// <summary>Writes the members of an object.</summary>
internal delegate void JsonWrite<in T>(Utf8JsonWriter json, T value);

/// <summary>The building blocks of JSON marshallers. Null is not written, and a missing member is null.</summary>
internal static class Json
{
    public static void Text(this Utf8JsonWriter json, string name, string? value)
    {
        if (value is not null)
        {
            json.WriteString(name, value);
        }
    }

    public static void Number(this Utf8JsonWriter json, string name, long? value)
    {
        if (value is { } number)
        {
            json.WriteNumber(name, number);
        }
    }

    public static void Flag(this Utf8JsonWriter json, string name, bool? value)
    {
        if (value is { } flag)
        {
            json.WriteBoolean(name, flag);
        }
    }

    /// <summary>A time as seconds since the epoch, to the millisecond.</summary>
    public static void Time(this Utf8JsonWriter json, string name, DateTime? value)
    {
        if (value is { } time)
        {
            json.WriteNumber(name, (decimal)new DateTimeOffset(time.ToUniversalTime()).ToUnixTimeMilliseconds() / 1000);
        }
    }

    public static void Bytes(this Utf8JsonWriter json, string name, MemoryStream? value)
    {
        if (value is not null)
        {
            json.WriteBase64String(name, value.TryGetBuffer(out var bytes) ? bytes.AsSpan() : value.ToArray());
        }
    }

    public static void Texts(this Utf8JsonWriter json, string name, List<string>? values)
    {
        if (values is not null)
        {
            json.WriteStartArray(name);
            foreach (var value in values)
            {
                json.WriteStringValue(value);
            }

            json.WriteEndArray();
        }
    }

    public static void Map(this Utf8JsonWriter json, string name, Dictionary<string, string>? values)
    {
        if (values is not null)
        {
            json.WriteStartObject(name);
            foreach (var (key, value) in values)
            {
                json.WriteString(key, value);
            }

            json.WriteEndObject();
        }
    }

    public static void Map<T>(this Utf8JsonWriter json, string name, Dictionary<string, T>? values, JsonWrite<T> write)
    {
        if (values is not null)
        {
            json.WriteStartObject(name);
            foreach (var (key, value) in values)
            {
                json.WriteStartObject(key);
                write(json, value);
                json.WriteEndObject();
            }

            json.WriteEndObject();
        }
    }

    public static void Object<T>(this Utf8JsonWriter json, string name, T? value, JsonWrite<T> write)
        where T : class
    {
        if (value is not null)
        {
            json.WriteStartObject(name);
            write(json, value);
            json.WriteEndObject();
        }
    }

    public static void Objects<T>(this Utf8JsonWriter json, string name, List<T>? values, JsonWrite<T> write)
    {
        if (values is not null)
        {
            json.WriteStartArray(name);
            foreach (var value in values)
            {
                json.WriteStartObject();
                write(json, value);
                json.WriteEndObject();
            }

            json.WriteEndArray();
        }
    }

    public static string? Text(this JsonElement json, ReadOnlySpan<byte> name) => json.Member(name)?.GetString();

    public static int? Integer(this JsonElement json, ReadOnlySpan<byte> name) => json.Member(name)?.GetInt32();

    public static long? Long(this JsonElement json, ReadOnlySpan<byte> name) => json.Member(name)?.GetInt64();

    public static bool? Flag(this JsonElement json, ReadOnlySpan<byte> name) => json.Member(name)?.GetBoolean();

    /// <summary>A time, in UTC, from seconds since the epoch.</summary>
    public static DateTime? Time(this JsonElement json, ReadOnlySpan<byte> name) => json.Member(name) is { } seconds
        ? DateTime.UnixEpoch.AddTicks((long)(seconds.GetDecimal() * TimeSpan.TicksPerSecond))
        : null;

    public static MemoryStream? Bytes(this JsonElement json, ReadOnlySpan<byte> name)
    {
        var bytes = json.Member(name)?.GetBytesFromBase64();
        return bytes is null ? null : new MemoryStream(bytes, 0, bytes.Length, writable: false, publiclyVisible: true);
    }

    public static List<string>? Texts(this JsonElement json, ReadOnlySpan<byte> name) => json.Objects(name, static item => item.GetString()!);

    public static T? Object<T>(this JsonElement json, ReadOnlySpan<byte> name, Func<JsonElement, T> read)
        where T : class => json.Member(name) is { } member ? read(member) : null;

    public static List<T>? Objects<T>(this JsonElement json, ReadOnlySpan<byte> name, Func<JsonElement, T> read)
    {
        if (json.Member(name) is not { } member)
        {
            return null;
        }

        var items = new List<T>(member.GetArrayLength());
        foreach (var item in member.EnumerateArray())
        {
            items.Add(read(item));
        }

        return items;
    }

    public static Dictionary<string, T>? Map<T>(this JsonElement json, ReadOnlySpan<byte> name, Func<JsonElement, T> read)
    {
        if (json.Member(name) is not { } member)
        {
            return null;
        }

        var items = new Dictionary<string, T>(StringComparer.Ordinal);
        foreach (var item in member.EnumerateObject())
        {
            items[item.Name] = read(item.Value);
        }

        return items;
    }

    /// <summary>A member of an object, unless it is missing or null.</summary>
    private static JsonElement? Member(this JsonElement json, ReadOnlySpan<byte> name) =>
        json.TryGetProperty(name, out var member) && member.ValueKind != JsonValueKind.Null ? member : null;
}

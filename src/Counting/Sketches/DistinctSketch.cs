using System.Buffers.Binary;
using System.Numerics;
using Analytics.Counting.Packing;
using Analytics.Streaming;

namespace Analytics.Counting.Sketches;

/// <summary>
/// The number of distinct texts: exact up to <see cref="MaxExact"/>, then HyperLogLog (Flajolet, Fusy, Gandouet, Meunier 2007) with 4,096
/// registers, whose standard error is 1.04 / sqrt(4096) = 1.63 %. The estimate is Ertl's "improved raw estimator", which needs no
/// corrections by range (Otmar Ertl, "New cardinality estimation algorithms for HyperLogLog sketches", 2017, https://arxiv.org/abs/1702.01284).
/// The state depends only on the set of texts, not on their order or on how sketches were merged.
/// </summary>
internal sealed class DistinctSketch
{
    /// <summary>The number of texts up to which hashes are stored: 1 KB, the unit in which DynamoDB bills writes.</summary>
    public const int MaxExact = 128;

    private const byte Version = 1;
    private const byte HashesForm = 0;
    private const byte SparseForm = 1;
    private const byte DenseForm = 2;
    private const int Precision = 12;
    private const int Registers = 1 << Precision;
    private const int HashBits = 64 - Precision;
    private const int RegisterBits = 6;
    private const int DenseBytes = Registers * RegisterBits / 8;

    private ulong[] _hashes = [];
    private int _count;
    private byte[]? _registers;

    /// <summary>Adds a text by its <see cref="XxHash64"/> hash.</summary>
    public void Add(ulong hash)
    {
        if (_registers is null)
        {
            AddExact(hash);
        }
        else
        {
            Register(_registers, hash);
        }
    }

    /// <summary>Merges another sketch.</summary>
    public void Merge(DistinctSketch other)
    {
        for (var index = 0; index < other._count; index++)
        {
            Add(other._hashes[index]);
        }

        if (other._registers is not null)
        {
            var registers = ToRegisters();
            for (var index = 0; index < Registers; index++)
            {
                registers[index] = Math.Max(registers[index], other._registers[index]);
            }
        }
    }

    /// <summary>The number of distinct texts; exact up to <see cref="MaxExact"/>.</summary>
    public long Estimate() => _registers is null ? _count : ComputeEstimate(_registers);

    public byte[] ToBytes()
    {
        var writer = new PackedWriter();
        writer.Byte(Version);
        if (_registers is null)
        {
            writer.Byte(HashesForm);
            for (var index = 0; index < _count; index++)
            {
                BinaryPrimitives.WriteUInt64BigEndian(writer.Reserve(sizeof(ulong)), _hashes[index]);
            }
        }
        else
        {
            WriteRegisters(writer, _registers);
        }

        return writer.ToArray();
    }

    /// <exception cref="FormatException">The bytes are not a sketch.</exception>
    public static DistinctSketch FromBytes(ReadOnlySpan<byte> bytes)
    {
        var reader = new PackedReader(bytes);
        if (reader.Byte() != Version)
        {
            throw PackedReader.Invalid();
        }

        var sketch = new DistinctSketch();
        switch (reader.Byte())
        {
            case HashesForm:
                while (!reader.AtEnd)
                {
                    sketch.Add(BinaryPrimitives.ReadUInt64BigEndian(reader.Bytes(sizeof(ulong))));
                }

                break;
            case SparseForm:
                ReadSparse(ref reader, sketch.ToRegisters());
                break;
            case DenseForm:
                ReadDense(reader.Bytes(DenseBytes), sketch.ToRegisters());
                break;
            default:
                throw PackedReader.Invalid();
        }

        return sketch;
    }

    private void AddExact(ulong hash)
    {
        var position = _hashes.AsSpan(0, _count).BinarySearch(hash);
        if (position >= 0)
        {
            return;
        }

        if (_count == MaxExact)
        {
            Register(ToRegisters(), hash);
            return;
        }

        if (_count == _hashes.Length)
        {
            Array.Resize(ref _hashes, Math.Min(Math.Max(4, _count * 2), MaxExact));
        }

        _hashes.AsSpan(~position, _count - ~position).CopyTo(_hashes.AsSpan(~position + 1));
        _hashes[~position] = hash;
        _count++;
    }

    private byte[] ToRegisters()
    {
        if (_registers is null)
        {
            _registers = new byte[Registers];
            for (var index = 0; index < _count; index++)
            {
                Register(_registers, _hashes[index]);
            }

            (_hashes, _count) = ([], 0);
        }

        return _registers;
    }

    private static void Register(byte[] registers, ulong hash)
    {
        ref var register = ref registers[hash >> HashBits];
        var rank = BitOperations.LeadingZeroCount((hash << Precision) | (1UL << (Precision - 1))) + 1;
        register = Math.Max(register, (byte)rank);
    }

    private static long ComputeEstimate(byte[] registers)
    {
        Span<int> histogram = stackalloc int[HashBits + 2];
        histogram.Clear();
        foreach (var register in registers)
        {
            histogram[register]++;
        }

        var z = Registers * Tau(1 - (histogram[HashBits + 1] / (double)Registers));
        for (var rank = HashBits; rank >= 1; rank--)
        {
            z = 0.5 * (z + histogram[rank]);
        }

        z += Registers * Sigma(histogram[0] / (double)Registers);
        return (long)Math.Round(Registers * (double)Registers / (2 * Math.Log(2) * z));
    }

    private static double Sigma(double x)
    {
        if (x >= 1)
        {
            return double.PositiveInfinity;
        }

        double before, y = 1, z = x;
        do
        {
            x *= x;
            before = z;
            z += x * y;
            y += y;
        }
        while (z > before);
        return z;
    }

    private static double Tau(double x)
    {
        if (x is <= 0 or >= 1)
        {
            return 0;
        }

        double before, y = 1, z = 1 - x;
        do
        {
            x = Math.Sqrt(x);
            before = z;
            y *= 0.5;
            z -= (1 - x) * (1 - x) * y;
        }
        while (z < before);
        return z / 3;
    }

    private static void WriteRegisters(PackedWriter writer, byte[] registers)
    {
        var sparse = new PackedWriter();
        var last = -1;
        for (var index = 0; index < Registers && sparse.Length < DenseBytes; index++)
        {
            if (registers[index] != 0)
            {
                sparse.Number((ulong)(index - last - 1));
                sparse.Byte(registers[index]);
                last = index;
            }
        }

        if (sparse.Length < DenseBytes)
        {
            writer.Byte(SparseForm);
            sparse.ToArray().CopyTo(writer.Reserve(sparse.Length));
            return;
        }

        writer.Byte(DenseForm);
        var dense = writer.Reserve(DenseBytes);
        for (var index = 0; index < Registers; index += 4)
        {
            var four = (registers[index] << 18) | (registers[index + 1] << 12) | (registers[index + 2] << 6) | registers[index + 3];
            dense[0] = (byte)(four >> 16);
            dense[1] = (byte)(four >> 8);
            dense[2] = (byte)four;
            dense = dense[3..];
        }
    }

    private static void ReadSparse(ref PackedReader reader, byte[] registers)
    {
        var index = -1L;
        while (!reader.AtEnd)
        {
            index += (long)Math.Min(reader.Number(), Registers) + 1;
            registers[index < Registers ? index : throw PackedReader.Invalid()] = Rank(reader.Byte());
        }
    }

    private static void ReadDense(ReadOnlySpan<byte> dense, byte[] registers)
    {
        for (var index = 0; index < Registers; index += 4)
        {
            var four = (dense[0] << 16) | (dense[1] << 8) | dense[2];
            registers[index] = Rank(four >> 18);
            registers[index + 1] = Rank((four >> 12) & 63);
            registers[index + 2] = Rank((four >> 6) & 63);
            registers[index + 3] = Rank(four & 63);
            dense = dense[3..];
        }
    }

    private static byte Rank(int value) => value <= HashBits + 1 ? (byte)value : throw PackedReader.Invalid();
}

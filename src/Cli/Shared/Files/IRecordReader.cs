namespace Analytics.Cli.Shared.Files;

/// <summary>Takes a file apart into the bytes of its records, holding one at a time.</summary>
internal interface IRecordReader
{
    /// <summary>The number of the record read last, from 1.</summary>
    long Number { get; }

    /// <summary>Whether the record read last is longer than is kept.</summary>
    bool IsTooLong { get; }

    /// <summary>Reads the next record; null at the end of the file. Empty when <see cref="IsTooLong"/>.</summary>
    /// <exception cref="InvalidDataException">The file is not what it has to be; the message is to be put after its name.</exception>
    byte[]? Read();
}

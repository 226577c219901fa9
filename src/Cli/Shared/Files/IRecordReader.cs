namespace Analytics.Cli.Shared.Files;

/// <summary>Splits a file into the bytes of its records, with one record in memory at a time.</summary>
internal interface IRecordReader
{
    /// <summary>The number of the last record read, from 1.</summary>
    long Number { get; }

    /// <summary>Whether the last record read exceeds the maximum length.</summary>
    bool IsTooLong { get; }

    /// <summary>Reads the next record, or returns null at the end of the file. The result is empty if <see cref="IsTooLong"/>.</summary>
    /// <exception cref="InvalidDataException">The file has the wrong format; the message is a predicate that follows its name.</exception>
    byte[]? Read();
}

-- Every malformed record once, with its bytes in base64 and the reason. See events.sql for when two lines are the same record.
-- Columns: reason string, byte_position bigint, data string, processed_at timestamp, shard_id string, sequence_number string,
-- sub_sequence_number int, occurrence int, partition_key string, approximate_arrival_timestamp timestamp, year int, month int, day int, hour int
SELECT
  reason, byte_position, data, processed_at, shard_id, sequence_number, sub_sequence_number, number AS occurrence, partition_key,
  approximate_arrival_timestamp, year, month, day, hour
FROM (
  SELECT
    *,
    row_number() OVER (
      PARTITION BY year, month, day, hour, shard_id, sequence_number, partition_key, data, number
      ORDER BY processed_at
    ) AS copy
  FROM (
    SELECT
      *,
      CASE WHEN occurrence IS NULL AND sub_sequence_number > 0
        THEN CAST(dense_rank() OVER (
          PARTITION BY year, month, day, hour, shard_id, sequence_number, partition_key, data, occurrence IS NULL
          ORDER BY sub_sequence_number
        ) AS integer) - 1
        ELSE coalesce(occurrence, 0)
      END AS number
    FROM (
      SELECT
        json_extract_scalar(line, '$.reason') AS reason,
        CAST(json_extract_scalar(line, '$.position') AS bigint) AS byte_position,
        json_extract_scalar(line, '$.data') AS data,
        CAST(from_iso8601_timestamp(json_extract_scalar(line, '$.processed_at')) AS timestamp) AS processed_at,
        json_extract_scalar(line, '$.shard_id') AS shard_id,
        json_extract_scalar(line, '$.sequence_number') AS sequence_number,
        CAST(json_extract_scalar(line, '$.sub_sequence_number') AS integer) AS sub_sequence_number,
        CAST(json_extract_scalar(line, '$.occurrence') AS integer) AS occurrence,
        json_extract_scalar(line, '$.partition_key') AS partition_key,
        CAST(from_iso8601_timestamp(json_extract_scalar(line, '$.approximate_arrival_timestamp')) AS timestamp) AS approximate_arrival_timestamp,
        year, month, day, hour
      FROM quarantine_lines
    ) AS read_lines
  ) AS numbered
) AS copies
WHERE copy = 1

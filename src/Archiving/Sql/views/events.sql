-- Every event once, however often it was delivered or compacted: one line for each partition key, bytes and occurrence of a Kinesis record.
-- Equal lines written before the member occurrence existed are numbered by their sub-sequence number. All lines of a record have the same hour of
-- arrival, so partitioning by it as well changes nothing, but lets a query read only the partitions that it selects.
-- Columns: original_data string, original_base64 string, processed_at timestamp, shard_id string, sequence_number string, sub_sequence_number int, occurrence int,
-- partition_key string, approximate_arrival_timestamp timestamp, event_id string, event_type string, event_time timestamp,
-- event_time_is_arrival boolean, year int, month int, day int, hour int
SELECT
  original_data, original_base64, processed_at, shard_id, sequence_number, sub_sequence_number, number AS occurrence, partition_key,
  approximate_arrival_timestamp, event_id, event_type, event_time, event_time_is_arrival, year, month, day, hour
FROM (
  SELECT
    *,
    row_number() OVER (
      PARTITION BY year, month, day, hour, shard_id, sequence_number, partition_key, contents, number
      ORDER BY processed_at
    ) AS copy
  FROM (
    SELECT
      *,
      CASE WHEN occurrence IS NULL AND sub_sequence_number > 0
        THEN CAST(dense_rank() OVER (
          PARTITION BY year, month, day, hour, shard_id, sequence_number, partition_key, contents, occurrence IS NULL
          ORDER BY sub_sequence_number
        ) AS integer) - 1
        ELSE coalesce(occurrence, 0)
      END AS number
    FROM (
      SELECT *, sha256(to_utf8(coalesce(original_base64, original_data))) AS contents
      FROM events_raw
    ) AS hashed
  ) AS numbered
) AS copies
WHERE copy = 1

-- Every event once, however often it was delivered or compacted. The hour of arrival is a record's own, so to divide by it too changes
-- nothing but lets a query read the partitions that it names, and no others.
-- Columns: original_data string, original_base64 string, processed_at timestamp, shard_id string, sequence_number string, sub_sequence_number int,
-- partition_key string, approximate_arrival_timestamp timestamp, event_id string, event_type string, event_time timestamp,
-- event_time_is_arrival boolean, year int, month int, day int, hour int
SELECT
  original_data, original_base64, processed_at, shard_id, sequence_number, sub_sequence_number, partition_key,
  approximate_arrival_timestamp, event_id, event_type, event_time, event_time_is_arrival, year, month, day, hour
FROM (
  SELECT
    *,
    row_number() OVER (
      PARTITION BY year, month, day, hour, shard_id, sequence_number, sub_sequence_number
      ORDER BY processed_at
    ) AS copy
  FROM events_raw
) AS copies
WHERE copy = 1

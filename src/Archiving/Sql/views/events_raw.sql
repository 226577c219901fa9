-- Every line of the archive, and every row of its compacted Parquet files: a record as many times as it was written.
-- A line is {"original_data":<the producer's JSON>[,"original_base64":"..."],"processed_at":"..." and so on. It is split at the last
-- ,"processed_at":" and not parsed as JSON, so original_data stays unchanged byte for byte. Quotes in the texts that follow are escaped.
-- Columns: original_data string, original_base64 string, processed_at timestamp, shard_id string, sequence_number string, sub_sequence_number int, occurrence int,
-- partition_key string, approximate_arrival_timestamp timestamp, event_id string, event_type string, event_time timestamp,
-- event_time_is_arrival boolean, year int, month int, day int, hour int
WITH cut AS (
  SELECT line, element_at(split(line, ',"processed_at":"'), -1) AS rest, year, month, day, hour
  FROM event_lines
), parts AS (
  SELECT
    substr(line, 18, length(line) - length(rest) - 34) AS head,
    '{"processed_at":"' || rest AS tail,
    year, month, day, hour
  FROM cut
), texts AS (
  SELECT
    head,
    CASE WHEN substr(head, -1) = '"' THEN element_at(split(head, ',"original_base64":"'), -1) END AS base64,
    tail, year, month, day, hour
  FROM parts
)
SELECT
  substr(head, 1, length(head) - coalesce(length(base64) + 20, 0)) AS original_data,
  substr(base64, 1, length(base64) - 1) AS original_base64,
  CAST(from_iso8601_timestamp(json_extract_scalar(tail, '$.processed_at')) AS timestamp) AS processed_at,
  json_extract_scalar(tail, '$.shard_id') AS shard_id,
  json_extract_scalar(tail, '$.sequence_number') AS sequence_number,
  CAST(json_extract_scalar(tail, '$.sub_sequence_number') AS integer) AS sub_sequence_number,
  CAST(json_extract_scalar(tail, '$.occurrence') AS integer) AS occurrence,
  json_extract_scalar(tail, '$.partition_key') AS partition_key,
  CAST(from_iso8601_timestamp(json_extract_scalar(tail, '$.approximate_arrival_timestamp')) AS timestamp) AS approximate_arrival_timestamp,
  json_extract_scalar(tail, '$.event_id') AS event_id,
  json_extract_scalar(tail, '$.event_type') AS event_type,
  CAST(from_iso8601_timestamp(json_extract_scalar(tail, '$.event_time')) AS timestamp) AS event_time,
  coalesce(json_extract_scalar(tail, '$.event_time_is_arrival') = 'true', false) AS event_time_is_arrival,
  year, month, day, hour
FROM texts
UNION ALL
SELECT
  original_data, original_base64, processed_at, shard_id, sequence_number, sub_sequence_number, occurrence, partition_key,
  approximate_arrival_timestamp, event_id, event_type, event_time, event_time_is_arrival, year, month, day, hour
FROM compacted_events

-- Events that arrived more than five minutes after their event time: number and delay by type.
SELECT
  event_type,
  count(*) AS late_events,
  min(approximate_arrival_timestamp - event_time) AS least_late,
  max(approximate_arrival_timestamp - event_time) AS most_late
FROM events
WHERE approximate_arrival_timestamp - event_time > INTERVAL '5' MINUTE
GROUP BY event_type
ORDER BY late_events DESC, event_type

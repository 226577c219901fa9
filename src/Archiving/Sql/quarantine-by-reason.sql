-- Malformed records by reason, each once, with the first and last arrival.
SELECT reason, count(*) AS records, min(approximate_arrival_timestamp) AS first_arrival, max(approximate_arrival_timestamp) AS last_arrival
FROM quarantine
GROUP BY reason
ORDER BY records DESC, reason

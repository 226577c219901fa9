-- Events of each type by hour of event time, each event once.
SELECT date_trunc('hour', event_time) AS event_hour, event_type, count(*) AS events
FROM events
GROUP BY 1, 2
ORDER BY 1, 3 DESC, 2

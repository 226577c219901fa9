-- The 20 pages with the most page views, and their number of visitors.
SELECT page, count(*) AS views, count(DISTINCT visitor) AS visitors
FROM (
  SELECT
    coalesce(
      json_extract_scalar(original_data, '$.page_url'), json_extract_scalar(original_data, '$.pageUrl'),
      json_extract_scalar(original_data, '$.data.page_url'), json_extract_scalar(original_data, '$.data.page')) AS page,
    coalesce(
      json_extract_scalar(original_data, '$.user_id'), json_extract_scalar(original_data, '$.userId'),
      json_extract_scalar(original_data, '$.data.user_id'), json_extract_scalar(original_data, '$.data.userId')) AS visitor
  FROM events
  WHERE event_type = 'page_view'
) AS page_views
WHERE page IS NOT NULL
GROUP BY page
ORDER BY views DESC, page
LIMIT 20

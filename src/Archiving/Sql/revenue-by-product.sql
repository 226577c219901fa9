-- Revenue by product and currency.
SELECT product, currency, count(*) AS purchases, sum(amount) AS revenue
FROM (
  SELECT
    coalesce(
      json_extract_scalar(original_data, '$.product_id'), json_extract_scalar(original_data, '$.productId'),
      json_extract_scalar(original_data, '$.data.product_id'), json_extract_scalar(original_data, '$.data.productId')) AS product,
    coalesce(json_extract_scalar(original_data, '$.currency'), json_extract_scalar(original_data, '$.data.currency'), '(none)') AS currency,
    TRY_CAST(coalesce(json_extract_scalar(original_data, '$.amount'), json_extract_scalar(original_data, '$.data.amount')) AS decimal(18, 2)) AS amount
  FROM events
  WHERE event_type = 'purchase'
) AS purchases
WHERE product IS NOT NULL
GROUP BY product, currency
ORDER BY revenue DESC, product, currency
LIMIT 20

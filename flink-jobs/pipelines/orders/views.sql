CREATE TEMPORARY VIEW revenue_by_customer AS
SELECT
  customer_id,
  COUNT(*) AS order_count,
  CAST(SUM(amount) AS DECIMAL(22, 2)) AS revenue,
  MAX(updated_at) AS last_updated
FROM orders
GROUP BY customer_id;

-- Customers without an order, and orders of nobody, are left out.
CREATE TEMPORARY VIEW customer_revenue AS
SELECT r.customer_id, c.name, r.order_count, r.revenue, r.last_updated
FROM revenue_by_customer AS r
JOIN customers AS c ON c.customer_id = r.customer_id;

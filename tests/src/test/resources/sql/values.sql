-- Every type, from table to JSON.

-- case: all types
SELECT * FROM all_types WHERE id = 1;
-- rows
-- {"id":1,"bo":true,"ti":-128,"si":-32768,"i":2147483647,"bi":-9223372036854775808,"fl":1.5,"db":-0.25,"de":"12345678901234567.123456789","st":"a\"b\\c","bn":"AP8=","da":"1969-12-31","ts":"2024-02-29T13:05:00.000001","tl":"2024-02-29T13:05:00.500000Z","ar":[1,null,3],"ma":[["k",1.5]],"ro":{"x":1,"y":{"z":["p"]}}}

-- case: all types, null
SELECT * FROM all_types WHERE id = 2;
-- rows
-- {"id":2,"bo":null,"ti":null,"si":null,"i":null,"bi":null,"fl":null,"db":null,"de":null,"st":null,"bn":null,"da":null,"ts":null,"tl":null,"ar":null,"ma":null,"ro":null}

-- case: a field of a struct in a struct
SELECT ro.y.z[1] AS z FROM all_types WHERE id = 1;
-- rows
-- {"z":"p"}

-- case: decimals keep their scale
SELECT CAST(1 AS DECIMAL(10, 4)) AS a, 1.10 + 2.2 AS b;
-- rows
-- {"a":"1.0000","b":"3.30"}

-- case: intervals
SELECT INTERVAL '14' MONTH AS a, INTERVAL '1 02:03:04' DAY TO SECOND AS b;
-- rows
-- {"a":"P1Y2M","b":"PT26H3M4S"}

-- case: no rows
SELECT id FROM all_types WHERE id > 99;
-- rows

-- case: the filters that scans take
SELECT id FROM all_types WHERE da < DATE '1970-01-01' AND bi < 0 AND st LIKE 'a%' AND de IS NOT NULL;
-- rows
-- {"id":1}

-- case: constants without a table
SELECT x, y FROM (VALUES (1, 'a'), (2, 'b')) AS t(x, y);
-- rows
-- {"x":1,"y":"a"}
-- {"x":2,"y":"b"}

-- case: order and limit
SELECT order_id FROM orders ORDER BY amount DESC LIMIT 2;
-- rows in order
-- {"order_id":1}
-- {"order_id":2}

-- case: order, offset
SELECT order_id FROM orders ORDER BY order_id OFFSET 1 ROWS FETCH NEXT 1 ROW ONLY;
-- rows in order
-- {"order_id":2}

-- case: count of nothing
SELECT COUNT(*) AS n FROM orders WHERE FALSE;
-- rows
-- {"n":0}

-- case: WITH
WITH big AS (SELECT * FROM orders WHERE amount > 1) SELECT COUNT(*) AS n FROM big;
-- rows
-- {"n":2}

-- case: grouping sets
SELECT customer_id, COUNT(*) AS n FROM orders GROUP BY GROUPING SETS ((customer_id), ());
-- rows
-- {"customer_id":10,"n":2}
-- {"customer_id":30,"n":1}
-- {"customer_id":null,"n":3}

-- case: a query that is correlated
SELECT name FROM customers c WHERE EXISTS (SELECT 1 FROM orders o WHERE o.customer_id = c.customer_id);
-- rows
-- {"name":"Ann"}

-- case: json functions
SELECT JSON_VALUE('{"a": 1}', '$.a') AS v;
-- rows
-- {"v":"1"}

-- What is refused, and where it says that the mistake is.

-- case: a word that is no statement
SELEC 1;
-- error: 1:1: does not parse

-- case: a mistake on the second line
SELECT *
FROM orders WHER x;
-- error: 2:18: does not parse

-- case: a bracket that is not closed
SELECT (1;
-- error: does not parse

-- case: a column that is not there
SELECT order_id,
  nothing
FROM orders;
-- error: 2:3: Column 'nothing' not found

-- case: a table that is not there
SELECT * FROM nowhere;
-- error: 1:15: Object 'nowhere' not found

-- case: a function that is not there
SELECT nofunction(order_id) FROM orders;
-- error: 1:8: No match found for function signature nofunction

-- case: too few arguments
SELECT stable_hash64() AS h;
-- error: 1:8

-- case: an argument of the wrong type
SELECT span_len(path) FROM nodes;
-- error: Argument 1 of span_len must be ROW<bstart BIGINT

-- case: a comparison of what cannot be compared
SELECT * FROM orders WHERE amount = ARRAY[1];
-- error: 1:28

-- case: a column outside of the group
SELECT order_id, SUM(amount) FROM orders GROUP BY customer_id;
-- error: 1:8: Expression 'order_id' is not being grouped

-- case: an aggregate in a filter
SELECT order_id FROM orders WHERE SUM(amount) > 1;
-- error: 1:35

-- case: a name that two tables have
SELECT order_id FROM orders a JOIN orders b ON a.order_id = b.order_id;
-- error: 1:8: Column 'order_id' is ambiguous

-- case: a union of other columns
SELECT order_id FROM orders UNION ALL SELECT name, customer_id FROM customers;
-- error: 1:

-- case: a subquery of many columns
SELECT (SELECT order_id, amount FROM orders) AS x FROM orders;
-- error: 1:

-- case: insert of too many columns
INSERT INTO orders SELECT order_id, customer_id, amount, 1 FROM orders;
-- error: orders

-- case: insert into what is not there
INSERT INTO nowhere VALUES (1);
-- error: nowhere

-- case: insert of another type
INSERT INTO orders VALUES ('x', 1, DATE '2024-01-01');
-- error: orders

-- case: insert into a feed
INSERT INTO `orders$changes` SELECT * FROM `orders$changes`;
-- error: orders: cannot be written: what is named is its changes

-- case: insert into a version
INSERT INTO `orders$v1` SELECT * FROM orders;
-- error: orders: cannot be written: what is named is one version of it

-- case: stream: delete in a streaming session
DELETE FROM orders WHERE order_id = 1;
-- error: DELETE statement is not supported for streaming mode

-- case: stream: overwrite in a streaming session
INSERT OVERWRITE orders SELECT * FROM orders;
-- error: orders

-- case: an option that there is not
SELECT * FROM orders /*+ OPTIONS('scan.versoin' = '1') */;
-- error: scan.versoin

-- case: a location without a table
SELECT * FROM delta.`path`.`/nowhere/at/all`;
-- error: not found

-- case: a location that climbs
SELECT * FROM `../outside`;
-- error: not found

-- case: a hidden folder
SELECT * FROM `_millrace`;
-- error: not found

-- case: a change of the mode
SET 'execution.runtime-mode' = 'STREAMING';
-- error: execution.runtime-mode

-- case: a credential among the options of a table
CREATE TABLE secret (id INT) WITH ('connector' = 'delta', 'path' = '${warehouse}/secret', 'storage.fs.s3a.secret.key' = 'x');
-- error: secret

-- case: a window over a column that is no time
SELECT * FROM TUMBLE(TABLE events, DESCRIPTOR(v), INTERVAL '1' MINUTE);
-- error: 1:

-- case: arguments by name and by position
SELECT span_make(1, bend => 2) AS s;
-- error: 1:

-- case: an aggregate that Flink does not name
SELECT arg_min(order_id) FROM orders;
-- error: 1:8

-- case: a version that is no number
SELECT * FROM orders /*+ OPTIONS('scan.version' = 'x') */;
-- error: scan.version

-- Statements that write: what they commit, and what is there then. Each case has a table of its own.

-- case: insert into a table with a key replaces rows
CREATE TABLE w1 (id BIGINT, v STRING, PRIMARY KEY (id) NOT ENFORCED) WITH ('connector' = 'delta', 'path' = '${warehouse}/w1');
INSERT INTO w1 VALUES (1, 'a'), (2, 'b');
-- rows
-- {"table":"w1","version":1,"inserted":2,"updated":0,"deleted":0}
INSERT INTO w1 VALUES (2, 'c'), (3, 'd');
-- rows
-- {"table":"w1","version":2,"inserted":1,"updated":1,"deleted":0}
SELECT * FROM w1;
-- rows
-- {"id":1,"v":"a"}
-- {"id":2,"v":"c"}
-- {"id":3,"v":"d"}

-- case: insert into a table without a key appends
CREATE TABLE w2 (id BIGINT, v STRING) WITH ('connector' = 'delta', 'path' = '${warehouse}/w2');
INSERT INTO w2 VALUES (1, 'a'), (1, 'a');
-- rows
-- {"table":"w2","version":1,"inserted":2,"updated":0,"deleted":0}
INSERT INTO w2 VALUES (1, 'a');
-- rows
-- {"table":"w2","version":2,"inserted":1,"updated":0,"deleted":0}
SELECT COUNT(*) AS n FROM w2;
-- rows
-- {"n":3}

-- case: insert of what is there changes nothing
CREATE TABLE w3 (id BIGINT, v STRING, PRIMARY KEY (id) NOT ENFORCED) WITH ('connector' = 'delta', 'path' = '${warehouse}/w3');
INSERT INTO w3 VALUES (1, 'a');
INSERT INTO w3 VALUES (1, 'a');
-- rows
SELECT MAX(version) AS v FROM `w3$history`;
-- rows
-- {"v":1}

-- case: delete by key
CREATE TABLE w4 (id BIGINT, v STRING, PRIMARY KEY (id) NOT ENFORCED) WITH ('connector' = 'delta', 'path' = '${warehouse}/w4');
INSERT INTO w4 VALUES (1, 'a'), (2, 'b');
DELETE FROM w4 WHERE id = 1;
-- rows
-- {"table":"w4","version":2,"inserted":0,"updated":0,"deleted":1}
SELECT * FROM w4;
-- rows
-- {"id":2,"v":"b"}

-- case: update
CREATE TABLE w5 (id BIGINT, v STRING, PRIMARY KEY (id) NOT ENFORCED) WITH ('connector' = 'delta', 'path' = '${warehouse}/w5');
INSERT INTO w5 VALUES (1, 'a'), (2, 'b');
UPDATE w5 SET v = 'z' WHERE id = 2;
-- rows
-- {"table":"w5","version":2,"inserted":0,"updated":1,"deleted":0}
SELECT * FROM w5;
-- rows
-- {"id":1,"v":"a"}
-- {"id":2,"v":"z"}

-- case: update of a key is refused
CREATE TABLE w6 (id BIGINT, v STRING, PRIMARY KEY (id) NOT ENFORCED) WITH ('connector' = 'delta', 'path' = '${warehouse}/w6');
INSERT INTO w6 VALUES (1, 'a');
UPDATE w6 SET id = 2;
-- error: w6

-- case: insert overwrite
CREATE TABLE w7 (id BIGINT, v STRING, PRIMARY KEY (id) NOT ENFORCED) WITH ('connector' = 'delta', 'path' = '${warehouse}/w7');
INSERT INTO w7 VALUES (1, 'a'), (2, 'b');
INSERT OVERWRITE w7 VALUES (2, 'b'), (3, 'c');
-- rows
-- {"table":"w7","version":2,"inserted":1,"updated":0,"deleted":1}
SELECT * FROM w7;
-- rows
-- {"id":2,"v":"b"}
-- {"id":3,"v":"c"}

-- case: truncate
CREATE TABLE w8 (id BIGINT, v STRING, PRIMARY KEY (id) NOT ENFORCED) WITH ('connector' = 'delta', 'path' = '${warehouse}/w8');
INSERT INTO w8 VALUES (1, 'a'), (2, 'b');
TRUNCATE TABLE w8;
-- rows
-- {"table":"w8","version":2,"inserted":0,"updated":0,"deleted":2}
SELECT COUNT(*) AS n FROM w8;
-- rows
-- {"n":0}

-- case: insert of a query
CREATE TABLE w9 (customer_id BIGINT, total DECIMAL(12, 2), PRIMARY KEY (customer_id) NOT ENFORCED) WITH ('connector' = 'delta', 'path' = '${warehouse}/w9');
INSERT INTO w9 SELECT customer_id, SUM(amount) FROM orders GROUP BY customer_id;
-- rows
-- {"table":"w9","version":1,"inserted":2,"updated":0,"deleted":0}
SELECT * FROM w9;
-- rows
-- {"customer_id":10,"total":"20.50"}
-- {"customer_id":30,"total":"0.01"}

-- case: columns in another order
CREATE TABLE w10 (id BIGINT, v STRING, PRIMARY KEY (id) NOT ENFORCED) WITH ('connector' = 'delta', 'path' = '${warehouse}/w10');
INSERT INTO w10 (v, id) VALUES ('a', 1);
SELECT * FROM w10;
-- rows
-- {"id":1,"v":"a"}

-- case: a partitioned table
CREATE TABLE w11 (id BIGINT, p STRING) PARTITIONED BY (p) WITH ('connector' = 'delta', 'path' = '${warehouse}/w11');
INSERT INTO w11 VALUES (1, 'x'), (2, 'y');
INSERT OVERWRITE w11 PARTITION (p = 'x') SELECT 9;
-- rows
-- {"table":"w11","version":2,"inserted":1,"updated":0,"deleted":1}
SELECT * FROM w11;
-- rows
-- {"id":2,"p":"y"}
-- {"id":9,"p":"x"}

-- case: the changes of statements
CREATE TABLE w12 (id BIGINT, v STRING, PRIMARY KEY (id) NOT ENFORCED) WITH ('connector' = 'delta', 'path' = '${warehouse}/w12');
INSERT INTO w12 VALUES (1, 'a');
INSERT INTO w12 VALUES (1, 'b');
SELECT v, _change_type FROM `w12$changes` WHERE _commit_version = 2;
-- rows
-- {"v":"a","_change_type":"update_preimage"}
-- {"v":"b","_change_type":"update_postimage"}

-- case: a null key is an error
CREATE TABLE w13 (id BIGINT, v STRING, PRIMARY KEY (id) NOT ENFORCED) WITH ('connector' = 'delta', 'path' = '${warehouse}/w13');
INSERT INTO w13 VALUES (CAST(NULL AS BIGINT), 'a');
-- error: null

-- case: a temporary view
CREATE TEMPORARY VIEW big AS SELECT order_id FROM orders WHERE amount > 1;
SELECT * FROM big;
-- rows
-- {"order_id":1}
-- {"order_id":2}
DROP TEMPORARY VIEW big;
SELECT * FROM big;
-- error: 1:15: Object 'big' not found

-- case: stream: insert in a streaming session
CREATE TABLE w14 (id BIGINT, v STRING, PRIMARY KEY (id) NOT ENFORCED) WITH ('connector' = 'delta', 'path' = '${warehouse}/w14');
INSERT INTO w14 SELECT order_id, CAST(amount AS STRING) FROM orders;
SELECT * FROM w14;
-- rows
-- {"id":1,"v":"12.50"}
-- {"id":2,"v":"8.00"}
-- {"id":4,"v":"0.01"}

-- case: settings can be set and reset
SET 'table.exec.resource.default-parallelism' = '2';
SELECT COUNT(*) AS n FROM orders;
-- rows
-- {"n":3}
RESET 'table.exec.resource.default-parallelism';

-- case: explain
EXPLAIN SELECT 1 AS x;

-- case: show tables of the warehouse
SHOW TABLES LIKE 'custo%';
-- rows
-- {"table name":"customers"}

-- case: describe
DESCRIBE customers;
-- rows
-- {"name":"customer_id","type":"BIGINT","null":false,"key":"PRI(customer_id)","extras":null,"watermark":null}
-- {"name":"name","type":"STRING","null":true,"key":null,"extras":null,"watermark":null}

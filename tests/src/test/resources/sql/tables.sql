-- Tables that cases read; none writes them. orders has versions 0 to 3, customers 0 to 2.
CREATE TABLE nodes (id BIGINT, path STRING, name STRING, bstart BIGINT, bend BIGINT, kind STRING, PRIMARY KEY (id) NOT ENFORCED)
    WITH ('connector' = 'delta', 'path' = '${warehouse}/nodes');
INSERT INTO nodes VALUES
    (1, 'src/a.py', 'Foo', 0, 10, 'class'),
    (2, 'src/a.py', 'bar', 10, 25, 'function'),
    (3, 'src/b.py', CAST(NULL AS STRING), 5, 5, 'module'),
    (4, 'src/b.py', 'ﬁx ', CAST(NULL AS BIGINT), 7, 'function');

CREATE TABLE encodings (id BIGINT, enc STRING, line STRING) WITH ('connector' = 'delta', 'path' = '${warehouse}/encodings');
INSERT INTO encodings VALUES
    (1, 'UTF-8', 'a😀b'), (2, 'utf_16', 'abc'), (3, 'UTF32', 'abc'), (4, 'latin1', 'abc'), (5, CAST(NULL AS STRING), 'abc');

CREATE TABLE tags (id BIGINT, names ARRAY<STRING>, props MAP<STRING, INT>, s ROW<x INT, y STRING>)
    WITH ('connector' = 'delta', 'path' = '${warehouse}/tags');
INSERT INTO tags VALUES
    (1, ARRAY['b', CAST(NULL AS STRING), 'a', 'b'], MAP['K', 1, 'k', 2, 'a', 3], ROW(1, 'p')),
    (2, ARRAY[CAST(NULL AS STRING)], MAP['X', CAST(NULL AS INT)], ROW(2, CAST(NULL AS STRING))),
    (3, CAST(NULL AS ARRAY<STRING>), CAST(NULL AS MAP<STRING, INT>), CAST(NULL AS ROW<x INT, y STRING>));

CREATE TABLE change_types (t STRING) WITH ('connector' = 'delta', 'path' = '${warehouse}/change_types');
INSERT INTO change_types VALUES
    ('insert'), (' Update_Postimage '), ('update_preimage'), ('delete'), ('other'), (CAST(NULL AS STRING));

CREATE TABLE orders (order_id BIGINT, customer_id BIGINT, amount DECIMAL(10, 2), PRIMARY KEY (order_id) NOT ENFORCED)
    WITH ('connector' = 'delta', 'path' = '${warehouse}/orders');
INSERT INTO orders VALUES (1, 10, 12.50), (2, 10, 7.25), (3, 20, 100.00);
INSERT INTO orders VALUES (2, 10, 8.00), (4, 30, 0.01);
DELETE FROM orders WHERE order_id = 3;

CREATE TABLE customers (customer_id BIGINT, name STRING, PRIMARY KEY (customer_id) NOT ENFORCED)
    WITH ('connector' = 'delta', 'path' = '${warehouse}/customers');
INSERT INTO customers VALUES (10, 'Ann'), (20, 'Bob'), (40, 'Cid');
INSERT INTO customers VALUES (20, 'Bea');

CREATE TABLE events (at_time TIMESTAMP(6), k STRING, v INT, ts AS CAST(at_time AS TIMESTAMP(3)), WATERMARK FOR ts AS ts) WITH ('connector' = 'delta', 'path' = '${warehouse}/events');
INSERT INTO events VALUES
    (TIMESTAMP '2024-01-01 00:00:10', 'a', 1), (TIMESTAMP '2024-01-01 00:00:50', 'a', 2),
    (TIMESTAMP '2024-01-01 00:01:05', 'b', 3), (TIMESTAMP '2024-01-01 00:03:00', 'a', 4);

CREATE TABLE all_types (id BIGINT, bo BOOLEAN, ti TINYINT, si SMALLINT, i INT, bi BIGINT, fl FLOAT, db DOUBLE, de DECIMAL(30, 9),
    st STRING, bn BYTES, da DATE, ts TIMESTAMP(6), tl TIMESTAMP_LTZ(6), ar ARRAY<INT>, ma MAP<STRING, DOUBLE>,
    ro ROW<x INT, y ROW<z ARRAY<STRING>>>)
    WITH ('connector' = 'delta', 'path' = '${warehouse}/all_types');
INSERT INTO all_types VALUES
    (1, TRUE, CAST(-128 AS TINYINT), CAST(-32768 AS SMALLINT), 2147483647, CAST('-9223372036854775808' AS BIGINT), CAST(1.5 AS FLOAT),
     CAST(-0.25 AS DOUBLE), CAST('12345678901234567.123456789' AS DECIMAL(30, 9)), 'a"b\c', X'00FF', DATE '1969-12-31', TIMESTAMP '2024-02-29 13:05:00.000001',
     CAST(TIMESTAMP '2024-02-29 13:05:00.5' AS TIMESTAMP_LTZ(6)), ARRAY[1, CAST(NULL AS INT), 3], MAP['k', CAST(1.5 AS DOUBLE)],
     ROW(1, ROW(ARRAY['p'])));
INSERT INTO all_types (id) VALUES (2);

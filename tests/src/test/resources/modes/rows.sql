-- case: rows of a keyed table
CREATE TABLE t (id BIGINT NOT NULL, name STRING, n INT, PRIMARY KEY (id) NOT ENFORCED) WITH ($t);
INSERT INTO t VALUES (1, 'a', 1), (2, 'b', 2), (3, 'c', 3), (4, 'd', 4);
UPDATE t SET name = UPPER(name), n = n + 10 WHERE id IN (1, 3);
-- version: 2
-- rows: 1 A 11 | 2 b 2 | 3 C 13 | 4 d 4
-- feed: update_preimage 1 a 1 | update_postimage 1 A 11 | update_preimage 3 c 3 | update_postimage 3 C 13
UPDATE t SET name = 'b' WHERE id = 2 OR id = 4;
-- feed: update_preimage 4 d 4 | update_postimage 4 b 4
DELETE FROM t WHERE name = 'b' AND n < 3;
-- rows: 1 A 11 | 3 C 13 | 4 b 4
-- feed: delete 2 b 2
DELETE FROM t WHERE id IN (SELECT MAX(id) FROM t);
-- rows: 1 A 11 | 3 C 13
INSERT INTO t VALUES (1, 'z', 0), (2, 'y', 0);
-- rows: 1 z 0 | 2 y 0 | 3 C 13
DELETE FROM t WHERE n > 1000;
-- version: 6
UPDATE t SET id = 9 WHERE id = 1;
-- error: t: cannot UPDATE column id: it is part of the key [id], and another row may have the new one. DELETE the rows and INSERT them anew.
-- version: 6
DELETE FROM t;
-- rows:
-- feed: delete 1 z 0 | delete 2 y 0 | delete 3 C 13

-- case: rows without a key
CREATE TABLE t (id BIGINT, name STRING) WITH ($t);
INSERT INTO t VALUES (1, 'a'), (1, 'a'), (2, 'b');
UPDATE t SET name = 'A' WHERE id = 1;
-- rows: 1 A | 1 A | 2 b
-- feed: delete 1 a | delete 1 a | insert 1 A | insert 1 A
DELETE FROM t WHERE name IS NULL OR id = 2;
-- rows: 1 A | 1 A
-- feed: delete 2 b

-- case: without deletion vectors files are written anew
CREATE TABLE t (id BIGINT NOT NULL, name STRING, PRIMARY KEY (id) NOT ENFORCED) WITH ($t, 'sink.deletion-vectors' = 'false');
INSERT INTO t VALUES (1, 'a'), (2, 'b'), (3, 'c');
UPDATE t SET name = 'B' WHERE id = 2;
-- rows: 1 a | 2 B | 3 c
-- feed: update_preimage 2 b | update_postimage 2 B
DELETE FROM t WHERE id = 3;
-- rows: 1 a | 2 B
-- feed: delete 3 c

-- case: partitions
CREATE TABLE t (id BIGINT NOT NULL, part STRING, PRIMARY KEY (id) NOT ENFORCED) PARTITIONED BY (part) WITH ($t);
INSERT INTO t VALUES (1, 'x'), (2, 'x'), (3, 'y'), (4, CAST(NULL AS STRING));
DELETE FROM t WHERE part = 'x';
-- rows: 3 y | 4 null
-- feed: delete 1 x | delete 2 x
UPDATE t SET part = 'z' WHERE id = 3;
-- rows: 3 z | 4 null
DELETE FROM t WHERE part IS NULL;
-- rows: 3 z

-- case: truncate
CREATE TABLE t (id BIGINT, name STRING) WITH ($t);
TRUNCATE TABLE t;
-- error: t: cannot TRUNCATE: there is no table at
INSERT INTO t VALUES (1, 'a'), (2, 'b');
TRUNCATE TABLE t;
-- rows:
-- feed: delete 1 a | delete 2 b

-- case: in a streaming job
CREATE TABLE t (id BIGINT, name STRING) WITH ($t);
INSERT INTO t VALUES (1, 'a');
SET execution.runtime-mode = streaming;
UPDATE t SET name = 'b' WHERE id = 1;
-- error: UPDATE statement is not supported for streaming mode now.

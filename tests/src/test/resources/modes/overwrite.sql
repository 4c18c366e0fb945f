-- case: a keyed table
CREATE TABLE t (id BIGINT NOT NULL, name STRING, PRIMARY KEY (id) NOT ENFORCED) WITH ($t);
INSERT INTO t VALUES (1, 'a'), (2, 'b'), (3, 'c');
-- version: 1
INSERT OVERWRITE t VALUES (1, 'a'), (2, 'B'), (4, 'd');
-- version: 2
-- rows: 1 a | 2 B | 4 d
-- feed: update_preimage 2 b | update_postimage 2 B | delete 3 c | insert 4 d
INSERT OVERWRITE t SELECT id, name FROM t WHERE id < 0;
-- rows:
-- feed: delete 1 a | delete 2 B | delete 4 d

-- case: a table without a key
CREATE TABLE t (id BIGINT, name STRING) WITH ($t);
INSERT INTO t VALUES (1, 'a'), (1, 'a'), (2, 'b');
INSERT OVERWRITE t VALUES (1, 'a'), (2, 'B');
-- rows: 1 a | 2 B
-- feed: delete 1 a | delete 2 b | insert 2 B

-- case: one partition, which may become empty
CREATE TABLE t (id BIGINT NOT NULL, name STRING, part INT, PRIMARY KEY (id) NOT ENFORCED) PARTITIONED BY (part) WITH ($t);
INSERT INTO t VALUES (1, 'a', 1), (2, 'b', 1), (3, 'c', 2);
INSERT OVERWRITE t PARTITION (part = 1) SELECT id, name FROM (VALUES (2, 'b'), (4, 'd')) AS v (id, name);
-- rows: 2 b 1 | 3 c 2 | 4 d 1
-- feed: delete 1 a 1 | insert 4 d 1
INSERT OVERWRITE t PARTITION (part = 1) SELECT id, name FROM t WHERE id < 0;
-- rows: 3 c 2
INSERT OVERWRITE t PARTITION (part = 7) VALUES (3, 'C');
-- rows: 3 C 7
-- feed: update_preimage 3 c 2 | update_postimage 3 C 7

-- case: the partitions that the input has rows of
CREATE TABLE t (id BIGINT, part STRING, sub INT) PARTITIONED BY (part, sub) WITH ($t);
INSERT INTO t VALUES (1, 'x', 1), (2, 'x', 2), (3, 'y', 1);
INSERT OVERWRITE t VALUES (4, 'x', 1), (5, 'z', 1);
-- rows: 2 x 2 | 3 y 1 | 4 x 1 | 5 z 1
-- feed: delete 1 x 1 | insert 4 x 1 | insert 5 z 1
INSERT OVERWRITE t PARTITION (part = 'x') SELECT 6, 2;
-- rows: 3 y 1 | 4 x 1 | 5 z 1 | 6 x 2
INSERT OVERWRITE t /*+ OPTIONS('sink.overwrite' = 'table') */ PARTITION (part = 'x') SELECT 7, 3;
-- rows: 3 y 1 | 5 z 1 | 7 x 3
INSERT OVERWRITE t /*+ OPTIONS('sink.overwrite' = 'table') */ VALUES (8, 'w', 1);
-- rows: 8 w 1
INSERT OVERWRITE t PARTITION (sub = 'one') SELECT 8, 'w';
-- error: t: cannot write PARTITION (sub = 'one'): 'one' is not a partition value of type integer

-- case: without a change feed and without deletion vectors
CREATE TABLE t (id BIGINT, name STRING) WITH ($t, 'sink.change-feed' = 'false', 'sink.deletion-vectors' = 'false');
INSERT INTO t VALUES (1, 'a'), (2, 'b');
INSERT OVERWRITE t VALUES (1, 'a'), (3, 'c');
-- rows: 1 a | 3 c

-- case: in a streaming job
CREATE TABLE t (id BIGINT, name STRING) WITH ($t);
INSERT INTO t VALUES (1, 'a');
SET execution.runtime-mode = streaming;
INSERT OVERWRITE t VALUES (2, 'b');
-- error: t: cannot be overwritten by a streaming job, whose input has no end. Set 'execution.runtime-mode' = 'batch', or use INSERT INTO.
-- rows: 1 a

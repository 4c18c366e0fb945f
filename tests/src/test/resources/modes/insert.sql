-- case: rows are appended
CREATE TABLE t (id BIGINT, name STRING) WITH ($t);
INSERT INTO t VALUES (1, 'a'), (1, 'a');
-- version: 1
-- feed: insert 1 a | insert 1 a
INSERT INTO t SELECT id, name FROM t WHERE id < 0;
-- version: 1
-- rows: 1 a | 1 a

-- case: rows take the place of those with their keys
CREATE TABLE t (id BIGINT NOT NULL, name STRING, PRIMARY KEY (id) NOT ENFORCED) WITH ($t);
INSERT INTO t VALUES (1, 'a'), (2, 'b'), (3, 'c');
INSERT INTO t VALUES (1, 'a'), (2, 'B'), (4, 'd');
-- version: 2
-- rows: 1 a | 2 B | 3 c | 4 d
-- feed: update_preimage 2 b | update_postimage 2 B | insert 4 d

-- case: a statement commits once under its id
CREATE TABLE t (id BIGINT, name STRING) WITH ($t, 'sink.id' = 'monday');
INSERT INTO t VALUES (1, 'a');
INSERT INTO t VALUES (2, 'b');
-- error: this sink has committed before, and a statement commits once. Give the statement another 'sink.id', or none.
-- rows: 1 a
INSERT OVERWRITE t VALUES (2, 'b');
-- error: this sink has committed before
INSERT INTO t /*+ OPTIONS('sink.id' = 'tuesday') */ VALUES (2, 'b');
-- rows: 1 a | 2 b

-- case: a run is the owner of its statement
CREATE TABLE t (id BIGINT, name STRING) WITH ($t);
SET millrace.run.id = r1;
INSERT INTO t VALUES (1, 'a');
INSERT INTO t VALUES (1, 'a');
-- error: this sink has committed before
SET millrace.run.id = r2;
INSERT INTO t VALUES (2, 'b');
-- rows: 1 a | 2 b

-- case: some of the columns
CREATE TABLE t (id BIGINT, name STRING, n INT NOT NULL) WITH ($t);
INSERT INTO t (n, id) VALUES (5, 1);
-- rows: 1 null 5
INSERT INTO t (id, name) VALUES (1, 'a');
-- error: Column 'n' has no default value and does not allow NULLs
-- version: 1

-- case: some of the columns of a table with a key
CREATE TABLE t (id BIGINT NOT NULL, name STRING, part INT, PRIMARY KEY (id) NOT ENFORCED) PARTITIONED BY (part) WITH ($t);
INSERT INTO t VALUES (1, 'a', 1);
INSERT INTO t (id, part) VALUES (1, 2), (2, 3);
-- rows: 1 a 2 | 2 null 3
-- feed: update_preimage 1 a 1 | update_postimage 1 a 2 | insert 2 null 3
INSERT INTO t PARTITION (part = 1) (name, id) SELECT 'd', 2;
-- rows: 1 a 2 | 2 d 1
INSERT INTO t (id, name) VALUES (1, 'a'), (2, 'e');
-- rows: 1 a 2 | 2 e 1
-- feed: update_preimage 2 d 1 | update_postimage 2 e 1
DELETE FROM t WHERE id = 2;
INSERT INTO t (name, part) VALUES ('a', 1);
-- error: Column 'id' has no default value and does not allow NULLs
SET execution.runtime-mode = streaming;
INSERT INTO t (id, part) VALUES (1, 2);
-- error: t: cannot write some of its columns only: in a stream a row takes the place of the one with its key as a whole, and [name] would become null. Name every column, with NULL where that is meant; or run the statement in batch, which keeps the others.
-- rows: 1 a 2
SET execution.runtime-mode = batch;
INSERT INTO t (part, name, id) VALUES (1, 'b', 1);
-- rows: 1 b 1
INSERT INTO t PARTITION (part = 2) SELECT 1, 'c';
-- rows: 1 c 2
-- feed: update_preimage 1 b 1 | update_postimage 1 c 2

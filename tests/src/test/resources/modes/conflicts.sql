-- case: the key of the query is not that of the sink
CREATE TABLE u (id BIGINT NOT NULL, grp STRING, name STRING, PRIMARY KEY (id) NOT ENFORCED) WITH ($u);
CREATE TABLE t (grp STRING NOT NULL, name STRING, PRIMARY KEY (grp) NOT ENFORCED) WITH ($t);
INSERT INTO u VALUES (1, 'x', 'a'), (2, 'y', 'b');
SET execution.runtime-mode = streaming;
SET millrace.run.bounded = true;
INSERT INTO t SELECT grp, name FROM u;
-- rows: x a | y b
INSERT INTO t SELECT grp, name FROM u ON CONFLICT DO DEDUPLICATE;
-- error: ON CONFLICT clause is only allowed for upsert sinks.
SET execution.runtime-mode = batch;
INSERT INTO u VALUES (3, 'x', 'c');
SET execution.runtime-mode = streaming;
SET millrace.run.bounded = true;
SET execution.checkpointing.interval = 1 h;
INSERT INTO t SELECT grp, name FROM u;
-- error: where there is one of each at most
-- rows: x a | y b

-- case: a sink that asks for upserts leaves conflicts to the planner
CREATE TABLE u (id BIGINT NOT NULL, grp STRING, name STRING, PRIMARY KEY (id) NOT ENFORCED) WITH ($u);
CREATE TABLE t (grp STRING NOT NULL, name STRING, PRIMARY KEY (grp) NOT ENFORCED) WITH ($t, 'sink.input' = 'upsert');
INSERT INTO u VALUES (1, 'x', 'a'), (2, 'y', 'b'), (3, 'x', 'a');
INSERT INTO u VALUES (2, 'x', 'a');
SET execution.runtime-mode = streaming;
SET millrace.run.bounded = true;
INSERT INTO t SELECT grp, name FROM u;
-- error: Please specify an ON CONFLICT clause
INSERT INTO t SELECT grp, name FROM u ON CONFLICT DO ERROR;
-- error: ON CONFLICT DO ERROR requires all source tables to define watermarks
INSERT INTO t SELECT grp, name FROM u ON CONFLICT DO NOTHING;
-- error: ON CONFLICT DO NOTHING requires all source tables to define watermarks
INSERT INTO t SELECT grp, name FROM u ON CONFLICT DO DEDUPLICATE;
-- rows: x a

-- case: with watermarks a conflict is an error or leaves the first row
CREATE TABLE u (id BIGINT NOT NULL, grp STRING, name STRING, seen TIMESTAMP(6), ts AS CAST(seen AS TIMESTAMP(3)), WATERMARK FOR ts AS ts, PRIMARY KEY (id) NOT ENFORCED) WITH ($u);
CREATE TABLE t (grp STRING NOT NULL, name STRING, PRIMARY KEY (grp) NOT ENFORCED) WITH ($t, 'sink.input' = 'upsert');
INSERT INTO u VALUES (1, 'x', 'a', TIMESTAMP '2024-01-01 00:00:00'), (2, 'y', 'b', TIMESTAMP '2024-01-02 00:00:00');
SET execution.runtime-mode = streaming;
SET millrace.run.bounded = true;
INSERT INTO t SELECT grp, name FROM u ON CONFLICT DO ERROR;
-- rows: x a | y b
SET execution.runtime-mode = batch;
INSERT INTO u VALUES (2, 'z', 'c', TIMESTAMP '2024-01-03 00:00:00'), (3, 'x', 'a', TIMESTAMP '2024-01-04 00:00:00');
SET execution.runtime-mode = streaming;
SET millrace.run.bounded = true;
INSERT INTO t SELECT grp, name FROM u ON CONFLICT DO ERROR;
-- error: Primary key constraint violation
-- rows: x a | y b
INSERT INTO t SELECT grp, name FROM u ON CONFLICT DO NOTHING;
-- rows: x a | y b | z c

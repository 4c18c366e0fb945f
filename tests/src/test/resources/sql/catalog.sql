-- Tables, views and databases in SQL, information_schema, metadata tables, procedures. Each case that changes something has names of its own.

-- case: a table of the warehouse
CREATE TABLE c1 (id BIGINT COMMENT 'number', v STRING, PRIMARY KEY (id) NOT ENFORCED) COMMENT 'one';
INSERT INTO c1 VALUES (1, 'a');
SELECT * FROM c1;
-- rows
-- {"id":1,"v":"a"}
SELECT table_type, `comment`, is_insertable_into FROM information_schema.`tables` WHERE table_name = 'c1';
-- rows
-- {"table_type":"BASE TABLE","comment":"one","is_insertable_into":"YES"}

-- case: a table of a query
CREATE TABLE c2 AS SELECT order_id, amount FROM orders;
SELECT * FROM c2;
-- rows
-- {"order_id":1,"amount":"12.50"}
-- {"order_id":2,"amount":"8.00"}
-- {"order_id":4,"amount":"0.01"}

-- case: columns are added
CREATE TABLE c3 (id BIGINT);
INSERT INTO c3 VALUES (1);
ALTER TABLE c3 ADD v STRING;
SELECT * FROM c3;
-- rows
-- {"id":1,"v":null}

-- case: a table is renamed
CREATE TABLE c4 (id BIGINT);
ALTER TABLE c4 RENAME TO c4_new;
SHOW TABLES LIKE 'c4%';
-- rows
-- {"table name":"c4_new"}

-- case: a table is dropped
CREATE TABLE c5 (id BIGINT);
DROP TABLE c5;
SELECT * FROM c5;
-- error: 1:15: Object 'c5' not found

-- case: a view that stays
CREATE VIEW c6 AS SELECT order_id FROM orders WHERE amount > 1;
SELECT * FROM c6;
-- rows
-- {"order_id":1}
-- {"order_id":2}
SELECT table_name FROM information_schema.`views` WHERE table_name = 'c6';
-- rows
-- {"table_name":"c6"}
DROP VIEW c6;

-- case: a database
CREATE DATABASE shop;
CREATE TABLE shop.items (id INT);
INSERT INTO shop.items VALUES (7);
SELECT * FROM shop.items;
-- rows
-- {"id":7}
DROP DATABASE shop;
-- error: is not empty
DROP DATABASE shop CASCADE;

-- case: columns by table
SELECT column_name, ordinal_position, is_nullable, data_type, key_position FROM information_schema.`columns` WHERE table_name = 'customers';
-- rows
-- {"column_name":"customer_id","ordinal_position":1,"is_nullable":"NO","data_type":"BIGINT","key_position":1}
-- {"column_name":"name","ordinal_position":2,"is_nullable":"YES","data_type":"VARCHAR(2147483647)","key_position":null}

-- case: tables joined with their columns
SELECT t.table_name, COUNT(*) AS n FROM information_schema.`tables` t JOIN information_schema.`columns` c ON t.table_schema = c.table_schema AND t.table_name = c.table_name WHERE t.table_name IN ('orders', 'nodes') GROUP BY t.table_name;
-- rows
-- {"table_name":"orders","n":3}
-- {"table_name":"nodes","n":6}

-- case: keys
SELECT constraint_type, enforced, column_names FROM information_schema.table_constraints WHERE table_name = 'orders';
-- rows
-- {"constraint_type":"PRIMARY KEY","enforced":"NO","column_names":["order_id"]}

-- case: every function of ours is a routine
SELECT COUNT(*) > 25 AS many FROM information_schema.routines WHERE specific_schema = 'millrace';
-- rows
-- {"many":true}

-- case: parameters of a function
SELECT parameter_name FROM information_schema.parameters WHERE specific_name = 'span_len';
-- rows
-- {"parameter_name":"span"}

-- case: settings say where they are from
SELECT setting_value FROM information_schema.settings WHERE setting_name = 'execution.runtime-mode';
-- rows
-- {"setting_value":"batch"}

-- case: a setting that was set
SET 'table.exec.mini-batch.size' = '7';
SELECT setting_value FROM information_schema.settings WHERE setting_name = 'table.exec.mini-batch.size';
-- rows
-- {"setting_value":"7"}
RESET 'table.exec.mini-batch.size';

-- case: caches are there
SELECT COUNT(*) > 0 AS found FROM information_schema.caches;
-- rows
-- {"found":true}

-- case: schemata
SELECT schema_name FROM information_schema.schemata WHERE schema_name IN ('default', 'information_schema', 'sys');
-- rows
-- {"schema_name":"default"}
-- {"schema_name":"information_schema"}
-- {"schema_name":"sys"}

-- case: information_schema is not written
INSERT INTO information_schema.settings VALUES ('a', 'b', 'c');
-- error: settings: cannot be written

-- case: $snapshots
SELECT version, is_current FROM `orders$snapshots`;
-- rows
-- {"version":0,"is_current":false}
-- {"version":1,"is_current":false}
-- {"version":2,"is_current":false}
-- {"version":3,"is_current":true}

-- case: $partitions
CREATE TABLE c7 (id INT, p STRING) PARTITIONED BY (p);
INSERT INTO c7 VALUES (1, 'x'), (2, 'x'), (3, 'y');
SELECT partition_values['p'] AS p, record_count FROM `c7$partitions`;
-- rows
-- {"p":"x","record_count":2}
-- {"p":"y","record_count":1}

-- case: $properties
CREATE TABLE c8 (id INT) WITH ('owner' = 'sales');
SELECT property_value FROM `c8$properties` WHERE property_name = 'owner';
-- rows
-- {"property_value":"sales"}

-- case: $transactions has one for each sink that wrote
CREATE TABLE c9 (id INT);
INSERT INTO c9 VALUES (1);
SELECT COUNT(*) AS n FROM `c9$transactions`;
-- rows
-- {"n":1}

-- case: CALL: a consumer is registered and reset
CREATE TABLE c10 (id INT);
INSERT INTO c10 VALUES (1);
CALL sys.register_consumer(table_name => 'c10', consumer => 'me', version => 0);
SELECT consumer, versions_behind FROM `c10$consumers`;
-- rows
-- {"consumer":"me","versions_behind":1}
CALL sys.reset_consumer(table_name => 'c10', consumer => 'me');
SELECT COUNT(*) AS n FROM `c10$consumers`;
-- rows
-- {"n":0}

-- case: CALL: a checkpoint
CREATE TABLE c11 (id INT);
CALL sys.create_checkpoint(table_name => 'c11');
-- rows
-- {"table_version":0,"written":true}
CALL sys.create_checkpoint(table_name => 'c11');
-- rows
-- {"table_version":0,"written":false}

-- case: CALL: a table that is not there
CALL sys.create_checkpoint(table_name => 'nowhere');
-- error: nowhere

-- case: CALL: a name that climbs
CALL sys.register_consumer(table_name => 'orders', consumer => '../x');
-- error: cannot have a consumer '../x'

-- case: CALL: a procedure that is not there
CALL sys.nothing();
-- error: nothing

-- case: a name that climbs is no table
CREATE TABLE `../x` (id INT);
-- error: cannot be the name of a table

-- case: a location that climbs is refused
CREATE TABLE x (id INT) WITH ('path' = '${warehouse}/../x');
-- error: has '..' in it

-- case: a column in front is refused
CREATE TABLE c12 (id INT);
ALTER TABLE c12 ADD x INT FIRST;
-- error: would not be the last

-- case: a credential among properties is refused
CREATE TABLE c13 (id INT);
ALTER TABLE c13 SET ('api.key' = 'k1');
-- error: credential

-- case: functions are not made by hand
CREATE FUNCTION f AS 'java.lang.String';
-- error: 1:1: a script

-- case: jars are not added
ADD JAR '/x.jar';
-- error: 1:1: a script

-- case: catalogs are not made
CREATE CATALOG c WITH ('type' = 'generic_in_memory');
-- error: 1:1: a script

-- case: modules are not loaded
LOAD MODULE hive;
-- error: 1:1: a script

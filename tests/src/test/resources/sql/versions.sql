-- Time travel: versions by number and time, metadata columns and tables.

-- case: the newest version
SELECT order_id, amount FROM orders;
-- rows
-- {"order_id":1,"amount":"12.50"}
-- {"order_id":2,"amount":"8.00"}
-- {"order_id":4,"amount":"0.01"}

-- case: a version by name
SELECT order_id, amount FROM `orders$v1`;
-- rows
-- {"order_id":1,"amount":"12.50"}
-- {"order_id":2,"amount":"7.25"}
-- {"order_id":3,"amount":"100.00"}

-- case: another version by name
SELECT order_id, amount FROM `orders$v2`;
-- rows
-- {"order_id":1,"amount":"12.50"}
-- {"order_id":2,"amount":"8.00"}
-- {"order_id":3,"amount":"100.00"}
-- {"order_id":4,"amount":"0.01"}

-- case: a version by hint
SELECT order_id, amount FROM orders /*+ OPTIONS('scan.version' = '2') */;
-- rows
-- {"order_id":1,"amount":"12.50"}
-- {"order_id":2,"amount":"8.00"}
-- {"order_id":3,"amount":"100.00"}
-- {"order_id":4,"amount":"0.01"}

-- case: the empty version
SELECT order_id FROM `orders$v0`;
-- rows

-- case: two versions joined
SELECT a.order_id, a.amount AS a1, b.amount AS a3 FROM `orders$v1` a JOIN `orders$v3` b ON a.order_id = b.order_id WHERE a.amount <> b.amount;
-- rows
-- {"order_id":2,"a1":"7.25","a3":"8.00"}

-- case: what a version has no more
SELECT order_id FROM `orders$v2` EXCEPT SELECT order_id FROM orders;
-- rows
-- {"order_id":3}

-- case: a table by its location
SELECT order_id, amount FROM delta.`path`.`${warehouse}/orders`;
-- rows
-- {"order_id":1,"amount":"12.50"}
-- {"order_id":2,"amount":"8.00"}
-- {"order_id":4,"amount":"0.01"}

-- case: a version by location
SELECT order_id, amount FROM delta.`path`.`${warehouse}/orders$v1`;
-- rows
-- {"order_id":1,"amount":"12.50"}
-- {"order_id":2,"amount":"7.25"}
-- {"order_id":3,"amount":"100.00"}

-- case: a time before the table
SELECT * FROM orders FOR SYSTEM_TIME AS OF TIMESTAMP '2001-01-01 00:00:00';
-- error: orders: cannot

-- case: a time in the future
SELECT * FROM orders FOR SYSTEM_TIME AS OF TIMESTAMP '2999-01-01 00:00:00';
-- error: that is in the future

-- case: a version that is not there
SELECT * FROM `orders$v99`;
-- error: the versions that can be read are 0 to 3

-- case: a version that is not there, by hint
SELECT * FROM orders /*+ OPTIONS('scan.version' = '99') */;
-- error: the versions that can be read are 0 to 3

-- case: feeds have no versions
SELECT * FROM `orders$changes` FOR SYSTEM_TIME AS OF TIMESTAMP '2024-01-01 00:00:00';
-- error: only tables and their $files have versions

-- case: $history has a row for each version
SELECT version FROM `orders$history`;
-- rows
-- {"version":0}
-- {"version":1}
-- {"version":2}
-- {"version":3}

-- case: $history knows operations
SELECT COUNT(DISTINCT operation) > 0 AS known, MAX(version) AS v FROM `orders$history`;
-- rows
-- {"known":true,"v":3}

-- case: $history in the order of time
SELECT COUNT(*) AS n FROM `orders$history` a JOIN `orders$history` b ON a.version = b.version - 1 WHERE a.commit_timestamp > b.commit_timestamp;
-- rows
-- {"n":0}

-- case: $files of the newest version
SELECT SUM(record_count) - SUM(deleted_count) AS n FROM `orders$files`;
-- rows
-- {"n":3}

-- case: $files of a version
SELECT SUM(record_count) AS n, SUM(deleted_count) AS d FROM `orders$v1$files`;
-- rows
-- {"n":3,"d":0}

-- case: a derived table that there is not
SELECT * FROM `orders$nothing`;
-- error: orders$nothing

-- case: metadata columns of a feed
SELECT COUNT(*) AS n FROM `orders$changes` WHERE _commit_timestamp IS NULL OR _commit_version < 1;
-- rows
-- {"n":0}

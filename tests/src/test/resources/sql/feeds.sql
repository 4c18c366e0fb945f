-- Change feeds: rows of $changes, joins of tables that are followed, raw changelogs.

-- case: $changes has every change of every version
SELECT order_id, customer_id, amount, _change_type, _commit_version FROM `orders$changes`;
-- rows
-- {"order_id":1,"customer_id":10,"amount":"12.50","_change_type":"insert","_commit_version":1}
-- {"order_id":2,"customer_id":10,"amount":"7.25","_change_type":"insert","_commit_version":1}
-- {"order_id":3,"customer_id":20,"amount":"100.00","_change_type":"insert","_commit_version":1}
-- {"order_id":2,"customer_id":10,"amount":"7.25","_change_type":"update_preimage","_commit_version":2}
-- {"order_id":2,"customer_id":10,"amount":"8.00","_change_type":"update_postimage","_commit_version":2}
-- {"order_id":4,"customer_id":30,"amount":"0.01","_change_type":"insert","_commit_version":2}
-- {"order_id":3,"customer_id":20,"amount":"100.00","_change_type":"delete","_commit_version":3}

-- case: $changes from a version on
SELECT order_id, customer_id, amount, _change_type, _commit_version FROM `orders$changes` /*+ OPTIONS('scan.start-version' = '3') */;
-- rows
-- {"order_id":3,"customer_id":20,"amount":"100.00","_change_type":"delete","_commit_version":3}

-- case: $changes of a range of versions
SELECT order_id, customer_id, amount, _change_type, _commit_version FROM `orders$changes` /*+ OPTIONS('scan.start-version' = '2', 'scan.end-version' = '2') */;
-- rows
-- {"order_id":2,"customer_id":10,"amount":"7.25","_change_type":"update_preimage","_commit_version":2}
-- {"order_id":2,"customer_id":10,"amount":"8.00","_change_type":"update_postimage","_commit_version":2}
-- {"order_id":4,"customer_id":30,"amount":"0.01","_change_type":"insert","_commit_version":2}

-- case: $changes filtered by kind
SELECT order_id, customer_id, amount, _change_type, _commit_version FROM `orders$changes` WHERE _change_type = 'delete';
-- rows
-- {"order_id":3,"customer_id":20,"amount":"100.00","_change_type":"delete","_commit_version":3}

-- case: $changes with functions about kinds
SELECT _commit_version AS v, SUM(CASE WHEN cdf_is_upsert(_change_type) THEN 1 WHEN cdf_is_delete(_change_type) THEN -1 ELSE 0 END) AS n FROM `orders$changes` GROUP BY _commit_version;
-- rows
-- {"v":1,"n":3}
-- {"v":2,"n":2}
-- {"v":3,"n":-1}

-- case: the last change of each key
SELECT order_id, arg_max(_change_type, _commit_version * 10 + cdf_change_rank(_change_type)) AS t FROM `orders$changes` GROUP BY order_id;
-- rows
-- {"order_id":1,"t":"insert"}
-- {"order_id":2,"t":"update_postimage"}
-- {"order_id":3,"t":"delete"}
-- {"order_id":4,"t":"insert"}

-- case: stream: $changes as a stream
SELECT order_id, customer_id, amount, _change_type, _commit_version FROM `orders$changes`;
-- rows
-- {"order_id":1,"customer_id":10,"amount":"12.50","_change_type":"insert","_commit_version":1}
-- {"order_id":2,"customer_id":10,"amount":"7.25","_change_type":"insert","_commit_version":1}
-- {"order_id":3,"customer_id":20,"amount":"100.00","_change_type":"insert","_commit_version":1}
-- {"order_id":2,"customer_id":10,"amount":"7.25","_change_type":"update_preimage","_commit_version":2}
-- {"order_id":2,"customer_id":10,"amount":"8.00","_change_type":"update_postimage","_commit_version":2}
-- {"order_id":4,"customer_id":30,"amount":"0.01","_change_type":"insert","_commit_version":2}
-- {"order_id":3,"customer_id":20,"amount":"100.00","_change_type":"delete","_commit_version":3}

-- case: $changes joined with a table as it was
SELECT c.order_id, k.name FROM `orders$changes` c JOIN `customers$v1` k ON c.customer_id = k.customer_id WHERE c._commit_version = 3;
-- rows
-- {"order_id":3,"name":"Bob"}

-- case: feeds of two tables joined
SELECT o.order_id, o._change_type AS t, c.name, c._commit_version AS v FROM `orders$changes` o JOIN `customers$changes` c ON o.customer_id = c.customer_id WHERE o.order_id = 3 AND c._change_type = 'update_postimage';
-- rows
-- {"order_id":3,"t":"insert","name":"Bea","v":2}
-- {"order_id":3,"t":"delete","name":"Bea","v":2}

-- case: stream: a table followed
SELECT order_id, amount FROM orders;
-- rows
-- {"order_id":1,"amount":"12.50"}
-- {"order_id":2,"amount":"8.00"}
-- {"order_id":4,"amount":"0.01"}

-- case: stream: tables followed and joined
SELECT o.order_id, c.name FROM orders o JOIN customers c ON o.customer_id = c.customer_id;
-- rows
-- {"order_id":1,"name":"Ann"}
-- {"order_id":2,"name":"Ann"}

-- case: stream: an outer join of tables that are followed
SELECT o.order_id, c.name FROM orders o LEFT JOIN customers c ON o.customer_id = c.customer_id;
-- rows
-- {"order_id":1,"name":"Ann"}
-- {"order_id":2,"name":"Ann"}
-- {"order_id":4,"name":null}

-- case: stream: an anti join of tables that are followed
SELECT name FROM customers WHERE customer_id NOT IN (SELECT customer_id FROM orders WHERE customer_id IS NOT NULL);
-- rows
-- {"name":"Bea"}
-- {"name":"Cid"}

-- case: stream: a table joined with itself sees one version
SELECT a.order_id FROM orders a JOIN orders b ON a.order_id = b.order_id AND a.amount = b.amount;
-- rows
-- {"order_id":1}
-- {"order_id":2}
-- {"order_id":4}

-- case: stream: changes of a table from a version on
SELECT order_id, amount FROM orders /*+ OPTIONS('scan.start-version' = '2', 'scan.startup.mode' = 'version') */;
-- changes
-- {"_op":"+I","order_id":4,"amount":"0.01"}
-- {"_op":"+U","order_id":2,"amount":"8.00"}
-- {"_op":"-D","order_id":3,"amount":"100.00"}
-- {"_op":"-U","order_id":2,"amount":"7.25"}

-- case: stream: a group of a feed
SELECT customer_id, SUM(amount) AS total FROM orders GROUP BY customer_id;
-- rows
-- {"customer_id":10,"total":"20.50"}
-- {"customer_id":30,"total":"0.01"}

-- case: stream: the top of a feed
SELECT order_id FROM (SELECT order_id, ROW_NUMBER() OVER (ORDER BY amount DESC) AS r FROM orders) WHERE r = 1;
-- rows
-- {"order_id":1}

-- case: stream: a union of feeds
SELECT order_id AS id FROM orders UNION ALL SELECT customer_id FROM customers;
-- rows
-- {"id":1}
-- {"id":2}
-- {"id":4}
-- {"id":10}
-- {"id":20}
-- {"id":40}

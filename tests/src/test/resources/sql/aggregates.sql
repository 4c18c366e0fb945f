-- Aggregates, in batch and over change feeds that take rows back.

-- case: any_value_det takes the value of the smallest key
SELECT path, any_value_det(name, bend) AS v FROM nodes GROUP BY path;
-- rows
-- {"path":"src/a.py","v":"Foo"}
-- {"path":"src/b.py","v":"ﬁx "}

-- case: arg_min and arg_max
SELECT arg_min(kind, bend) AS a, arg_max(kind, bend) AS b FROM nodes;
-- rows
-- {"a":"module","b":"function"}

-- case: arg_max skips null values and keys
SELECT arg_max(name, bstart) AS v FROM nodes WHERE id > 1;
-- rows
-- {"v":"bar"}

-- case: arg_min of ties takes the smallest value
SELECT arg_min(id, path) AS v FROM nodes WHERE path = 'src/b.py';
-- rows
-- {"v":3}

-- case: arg_min of nothing is null
SELECT arg_min(id, path) AS v FROM nodes WHERE id > 99;
-- rows
-- {"v":null}

-- case: collect_set is sorted
SELECT collect_set(kind) AS k FROM nodes;
-- rows
-- {"k":["class","function","module"]}

-- case: collect_set drops nulls
SELECT path, collect_set(name) AS k FROM nodes GROUP BY path;
-- rows
-- {"path":"src/a.py","k":["Foo","bar"]}
-- {"path":"src/b.py","k":["ﬁx "]}

-- case: count_if counts what is true
SELECT count_if(name IS NULL) AS a, count_if(bend > 5) AS b, count_if(bstart > 4) AS c FROM nodes;
-- rows
-- {"a":1,"b":3,"c":2}

-- case: count_if of nothing is zero
SELECT count_if(TRUE) AS n FROM nodes WHERE id > 99;
-- rows
-- {"n":0}

-- case: string_agg_det is sorted and distinct
SELECT string_agg_det(kind, ', ') AS s FROM nodes;
-- rows
-- {"s":"class, function, module"}

-- case: stream: aggregates of a feed take back what is deleted
SELECT COUNT(*) AS n, SUM(amount) AS total, collect_set(customer_id) AS c FROM orders;
-- rows
-- {"n":3,"total":"20.51","c":[10,30]}

-- case: stream: arg_max of a feed falls back to the runner-up
SELECT arg_max(order_id, amount) AS v FROM orders;
-- rows
-- {"v":1}

-- case: stream: arg_min of a feed by group
SELECT customer_id, arg_min(order_id, amount) AS v FROM orders GROUP BY customer_id;
-- rows
-- {"customer_id":10,"v":2}
-- {"customer_id":30,"v":4}

-- case: stream: any_value_det of a feed
SELECT any_value_det(amount, order_id) AS v FROM orders;
-- rows
-- {"v":"12.50"}

-- case: stream: count_if of a feed
SELECT count_if(amount > 1) AS n FROM orders;
-- rows
-- {"n":2}

-- case: stream: string_agg_det of a feed
SELECT string_agg_det(name, '/') AS s FROM customers;
-- rows
-- {"s":"Ann/Bea/Cid"}

-- case: the same in batch
SELECT COUNT(*) AS n, SUM(amount) AS total, collect_set(customer_id) AS c, arg_max(order_id, amount) AS m FROM orders;
-- rows
-- {"n":3,"total":"20.51","c":[10,30],"m":1}

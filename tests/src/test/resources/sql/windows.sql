-- Windows by time and by row.

-- case: tumbling windows
SELECT window_start, window_end, SUM(v) AS n FROM TUMBLE(TABLE events, DESCRIPTOR(ts), INTERVAL '1' MINUTE) GROUP BY window_start, window_end;
-- rows
-- {"window_start":"2024-01-01T00:00:00.000000","window_end":"2024-01-01T00:01:00.000000","n":3}
-- {"window_start":"2024-01-01T00:01:00.000000","window_end":"2024-01-01T00:02:00.000000","n":3}
-- {"window_start":"2024-01-01T00:03:00.000000","window_end":"2024-01-01T00:04:00.000000","n":4}

-- case: hopping windows
SELECT window_start, window_end, SUM(v) AS n FROM HOP(TABLE events, DESCRIPTOR(ts), INTERVAL '1' MINUTE, INTERVAL '2' MINUTE) GROUP BY window_start, window_end;
-- rows
-- {"window_start":"2023-12-31T23:59:00.000000","window_end":"2024-01-01T00:01:00.000000","n":3}
-- {"window_start":"2024-01-01T00:00:00.000000","window_end":"2024-01-01T00:02:00.000000","n":6}
-- {"window_start":"2024-01-01T00:01:00.000000","window_end":"2024-01-01T00:03:00.000000","n":3}
-- {"window_start":"2024-01-01T00:02:00.000000","window_end":"2024-01-01T00:04:00.000000","n":4}
-- {"window_start":"2024-01-01T00:03:00.000000","window_end":"2024-01-01T00:05:00.000000","n":4}

-- case: cumulating windows
SELECT window_start, window_end, SUM(v) AS n FROM CUMULATE(TABLE events, DESCRIPTOR(ts), INTERVAL '1' MINUTE, INTERVAL '2' MINUTE) GROUP BY window_start, window_end;
-- rows
-- {"window_start":"2024-01-01T00:00:00.000000","window_end":"2024-01-01T00:01:00.000000","n":3}
-- {"window_start":"2024-01-01T00:00:00.000000","window_end":"2024-01-01T00:02:00.000000","n":6}
-- {"window_start":"2024-01-01T00:02:00.000000","window_end":"2024-01-01T00:04:00.000000","n":4}

-- case: windows by group
SELECT k, window_start, window_end, count_if(v > 1) AS n FROM TUMBLE(TABLE events, DESCRIPTOR(ts), INTERVAL '2' MINUTE) GROUP BY k, window_start, window_end;
-- rows
-- {"k":"a","window_start":"2024-01-01T00:00:00.000000","window_end":"2024-01-01T00:02:00.000000","n":1}
-- {"k":"b","window_start":"2024-01-01T00:00:00.000000","window_end":"2024-01-01T00:02:00.000000","n":1}
-- {"k":"a","window_start":"2024-01-01T00:02:00.000000","window_end":"2024-01-01T00:04:00.000000","n":1}

-- case: our aggregates in windows
SELECT window_start, collect_set(k) AS k, arg_max(k, v) AS m, string_agg_det(k, '') AS s FROM TUMBLE(TABLE events, DESCRIPTOR(ts), INTERVAL '2' MINUTE) GROUP BY window_start, window_end;
-- rows
-- {"window_start":"2024-01-01T00:00:00.000000","k":["a","b"],"m":"b","s":"ab"}
-- {"window_start":"2024-01-01T00:02:00.000000","k":["a"],"m":"a","s":"a"}

-- case: row numbers
SELECT v, ROW_NUMBER() OVER (PARTITION BY k ORDER BY ts) AS r FROM events;
-- rows
-- {"v":1,"r":1}
-- {"v":2,"r":2}
-- {"v":3,"r":1}
-- {"v":4,"r":3}

-- case: running sums
SELECT v, SUM(v) OVER (PARTITION BY k ORDER BY ts) AS s FROM events;
-- rows
-- {"v":1,"s":1}
-- {"v":2,"s":3}
-- {"v":3,"s":3}
-- {"v":4,"s":7}

-- case: the row before
SELECT v, LAG(v) OVER (ORDER BY ts) AS p FROM events;
-- rows
-- {"v":1,"p":null}
-- {"v":2,"p":1}
-- {"v":3,"p":2}
-- {"v":4,"p":3}

-- case: stream: tumbling windows of a stream
SELECT window_start, window_end, SUM(v) AS n FROM TUMBLE(TABLE events, DESCRIPTOR(ts), INTERVAL '1' MINUTE) GROUP BY window_start, window_end;
-- rows
-- {"window_start":"2024-01-01T00:00:00.000000","window_end":"2024-01-01T00:01:00.000000","n":3}
-- {"window_start":"2024-01-01T00:01:00.000000","window_end":"2024-01-01T00:02:00.000000","n":3}
-- {"window_start":"2024-01-01T00:03:00.000000","window_end":"2024-01-01T00:04:00.000000","n":4}

-- case: stream: our aggregates in windows of a stream
SELECT window_start, collect_set(k) AS k, arg_max(k, v) AS m FROM TUMBLE(TABLE events, DESCRIPTOR(ts), INTERVAL '2' MINUTE) GROUP BY window_start, window_end;
-- rows
-- {"window_start":"2024-01-01T00:00:00.000000","k":["a","b"],"m":"b"}
-- {"window_start":"2024-01-01T00:02:00.000000","k":["a"],"m":"a"}

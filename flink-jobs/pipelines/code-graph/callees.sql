-- Which definitions a call may mean. Names such as get are defined a thousand times: what is joined
-- with the calls is at most four candidates of a key, or one that stands for all.

CREATE TEMPORARY VIEW callable_keys AS
SELECT
  def_id, node_id, file_id,
  CASE WHEN kind = 'CLASS' THEN 'c:' || name ELSE 'f:' || name || '/' || CAST(arity AS STRING) END
    AS callee_key
FROM (
  SELECT
    def_id, node_id, file_id, kind, name,
    CASE
      WHEN signature LIKE '%()' THEN 0
      ELSE CHAR_LENGTH(signature) - CHAR_LENGTH(REPLACE(signature, ',', '')) + 1
    END AS arity
  FROM (
    SELECT
      def_id, node_id, file_id, kind, name,
      map_get_default(attrs, 'signature', '()') AS signature
    FROM def_nodes
    WHERE kind IN ('CLASS', 'FUNCTION')
  )
);

-- Each definition that can be called, in its file and, under '*', everywhere.
CREATE TEMPORARY VIEW callable_defs AS
SELECT def_id, node_id, file_id AS area, callee_key FROM callable_keys
UNION ALL
SELECT def_id, node_id, '*' AS area, callee_key FROM callable_keys;

CREATE TEMPORARY VIEW callee_counts AS
SELECT area, callee_key, COUNT(*) AS candidates, arg_min(node_id, def_id) AS first_node_id
FROM callable_defs
GROUP BY area, callee_key;

CREATE TEMPORARY VIEW callee_candidates AS
SELECT d.area, d.callee_key, d.node_id, n.candidates
FROM callable_defs AS d
JOIN callee_counts AS n ON n.area = d.area AND n.callee_key = d.callee_key
WHERE n.candidates <= 4
UNION ALL
SELECT area, callee_key, first_node_id AS node_id, candidates
FROM callee_counts
WHERE candidates > 4;

-- A call means what its own file defines, if it defines anything of that look; else what others do.
CREATE TEMPORARY VIEW scoped_calls AS
SELECT
  c.call_id, c.node_id, c.file_id, c.callee_key, c.callee_shape,
  COALESCE(n.area, '*') AS area
FROM call_nodes AS c
LEFT JOIN callee_counts AS n ON n.area = c.file_id AND n.callee_key = c.callee_key
WHERE c.callee_key IS NOT NULL;

CREATE TEMPORARY VIEW resolved_calls AS
SELECT
  c.call_id, c.node_id, c.file_id, t.node_id AS callee_node_id, t.candidates,
  CASE
    WHEN c.area = '*' THEN CAST(0.5 AS DOUBLE)
    WHEN c.callee_shape = 'attribute' THEN CAST(0.75 AS DOUBLE)
    ELSE CAST(1 AS DOUBLE)
  END / CAST(t.candidates AS DOUBLE) AS confidence
FROM scoped_calls AS c
JOIN callee_candidates AS t ON t.area = c.area AND t.callee_key = c.callee_key;

-- A type is the one class of its name, where there is just one; else it stays a name.
CREATE TEMPORARY VIEW class_names AS
SELECT name, arg_min(node_id, def_id) AS node_id
FROM def_nodes
WHERE kind = 'CLASS'
GROUP BY name
HAVING COUNT(*) = 1;

CREATE TEMPORARY VIEW resolved_types AS
SELECT
  m.def_id, m.edge_kind,
  COALESCE(
    c.node_id, stable_id_parts('node', stable_id_parts('type', m.type_text), 'TYPE')) AS type_node_id
FROM type_mentions AS m
LEFT JOIN class_names AS c ON c.name = m.type_name;

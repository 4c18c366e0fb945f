-- The extracted tables with node ids and kinds. node_id = stable_id_parts('node', entity_id, kind).

CREATE TEMPORARY VIEW file_nodes AS
SELECT
  file_id, path, lang, module_name,
  stable_id_parts('node', file_id, 'FILE') AS node_id,
  stable_id_parts('module', lang, module_name) AS module_id,
  stable_id_parts('node', stable_id_parts('module', lang, module_name), 'MODULE') AS module_node_id
FROM (
  SELECT file_id, path, lang, utf8_null_if_blank(`module`) AS module_name FROM source_files
);

CREATE TEMPORARY VIEW def_nodes AS
SELECT
  def_id, file_id, parent_def_id, name, qualified_name, bases, decorators, attrs, kind,
  stable_id_parts('node', def_id, kind) AS node_id
FROM (
  SELECT
    def_id, file_id, parent_def_id, name, qualified_name, bases, decorators, attrs,
    CASE
      WHEN kind IN ('class', 'interface', 'enum', 'record', 'annotation') THEN 'CLASS'
      WHEN kind IN ('method', 'constructor', 'function') THEN 'FUNCTION'
      WHEN kind = 'param' THEN 'PARAM'
      WHEN kind = 'module' THEN 'MODULE'
      ELSE 'BINDING'
    END AS kind
  FROM defs
);

-- callee_key says what a callee must look like: c:NAME for a class, f:NAME/ARGUMENTS for a function;
-- null where the text does not say.
CREATE TEMPORARY VIEW call_nodes AS
SELECT
  call_id, file_id, owner_def_id, callee_text, callee_shape, callee_name,
  stable_id_parts('node', call_id, 'CALL') AS node_id,
  CASE
    WHEN callee_shape = 'new' OR callee_text LIKE '%::new' THEN 'c:' || callee_name
    WHEN callee_shape IN ('name', 'attribute') AND arg_count IS NOT NULL
      THEN 'f:' || callee_name || '/' || CAST(arg_count AS STRING)
  END AS callee_key
FROM (
  SELECT
    call_id, file_id, owner_def_id, callee_text, callee_shape, arg_count,
    COALESCE(
      REGEXP_EXTRACT(REPLACE(callee_text, '::new', ''), '([^.:]+)$', 1), callee_text) AS callee_name
  FROM calls
);

CREATE TEMPORARY VIEW import_nodes AS
SELECT
  import_id, file_id, `module`, name, asname, is_star, target,
  stable_id_parts('node', import_id, 'IMPORT') AS node_id,
  stable_id_parts('node', stable_id_parts('qname', target), 'QNAME') AS target_node_id
FROM (
  SELECT
    import_id, file_id, `module`, name, asname, is_star,
    CASE WHEN name IS NULL THEN `module` ELSE `module` || '.' || name END AS target
  FROM imports
);

-- Each type that a definition names as a base or a decorator, once.
CREATE TEMPORARY VIEW type_mentions AS
SELECT def_id, edge_kind, type_text, REGEXP_EXTRACT(type_text, '([^.]+)$', 1) AS type_name
FROM (
  SELECT d.def_id, 'INHERITS' AS edge_kind, b.type_text
  FROM defs AS d CROSS JOIN UNNEST(list_unique_sorted(d.bases)) AS b (type_text)
  UNION ALL
  SELECT d.def_id, 'DECORATED_BY' AS edge_kind, a.type_text
  FROM defs AS d CROSS JOIN UNNEST(list_unique_sorted(d.decorators)) AS a (type_text)
);

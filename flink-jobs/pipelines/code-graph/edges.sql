SELECT
  stable_id_parts('edge', kind, src_node_id, dst_node_id, anchor_entity_id) AS edge_id,
  kind, src_node_id, dst_node_id, anchor_entity_id, file_id, confidence, candidates
FROM (
  SELECT
    'CONTAINS' AS kind, module_node_id AS src_node_id, node_id AS dst_node_id,
    file_id AS anchor_entity_id, file_id, CAST(1 AS DOUBLE) AS confidence,
    CAST(1 AS BIGINT) AS candidates
  FROM file_nodes WHERE module_name IS NOT NULL
  UNION ALL
  SELECT 'CONTAINS', stable_id_parts('node', file_id, 'FILE'), node_id, import_id, file_id, 1, 1
  FROM import_nodes
  UNION ALL
  SELECT 'CONTAINS', stable_id_parts('node', file_id, 'FILE'), node_id, call_id, file_id, 1, 1
  FROM call_nodes WHERE owner_def_id IS NULL
  UNION ALL
  SELECT 'CONTAINS', d.node_id, c.node_id, c.call_id, c.file_id, 1, 1
  FROM call_nodes AS c JOIN def_nodes AS d ON d.def_id = c.owner_def_id
  UNION ALL
  SELECT 'DEFINES', stable_id_parts('node', file_id, 'FILE'), node_id, def_id, file_id, 1, 1
  FROM def_nodes WHERE parent_def_id IS NULL
  UNION ALL
  SELECT 'DEFINES', p.node_id, d.node_id, d.def_id, d.file_id, 1, 1
  FROM def_nodes AS d JOIN def_nodes AS p ON p.def_id = d.parent_def_id
  UNION ALL
  SELECT 'CALLS', node_id, callee_node_id, call_id, file_id, confidence, candidates
  FROM resolved_calls
  UNION ALL
  SELECT 'IMPORTS', node_id, target_node_id, import_id, file_id, 1, 1
  FROM import_nodes
  UNION ALL
  -- What is imported is a file, or a member of what a file is.
  SELECT 'IMPORTS', i.node_id, f.node_id, i.import_id, i.file_id, 1, 1
  FROM import_nodes AS i JOIN file_nodes AS f ON f.module_name = i.target
  UNION ALL
  SELECT 'IMPORTS', i.node_id, f.node_id, i.import_id, i.file_id, 1, 1
  FROM import_nodes AS i JOIN file_nodes AS f ON f.module_name = i.`module`
  WHERE i.name IS NOT NULL
  UNION ALL
  -- Two ways to write a type may mean one class: one edge.
  SELECT DISTINCT t.edge_kind, d.node_id, t.type_node_id, d.def_id, d.file_id, CAST(1 AS DOUBLE),
    CAST(1 AS BIGINT)
  FROM resolved_types AS t JOIN def_nodes AS d ON d.def_id = t.def_id
)

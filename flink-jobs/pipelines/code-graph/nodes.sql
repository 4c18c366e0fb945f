SELECT node_id, 'FILE' AS kind, file_id AS entity_id, file_id, path AS name, module_name AS qualified_name
FROM file_nodes
UNION ALL
SELECT
  module_node_id, 'MODULE', module_id, CAST(NULL AS STRING), module_name, module_name
FROM (SELECT DISTINCT module_id, module_name, module_node_id FROM file_nodes WHERE module_name IS NOT NULL)
UNION ALL
SELECT node_id, kind, def_id, file_id, name, qualified_name FROM def_nodes
UNION ALL
SELECT node_id, 'CALL', call_id, file_id, callee_name, callee_text FROM call_nodes
UNION ALL
SELECT node_id, 'IMPORT', import_id, file_id, COALESCE(asname, name, `module`), target FROM import_nodes
UNION ALL
SELECT
  target_node_id, 'QNAME', stable_id_parts('qname', target), CAST(NULL AS STRING),
  REGEXP_EXTRACT(target, '([^.]+)$', 1), target
FROM (SELECT DISTINCT target, target_node_id FROM import_nodes)
UNION ALL
SELECT
  stable_id_parts('node', stable_id_parts('type', type_text), 'TYPE'), 'TYPE',
  stable_id_parts('type', type_text), CAST(NULL AS STRING), type_name, type_text
FROM (SELECT DISTINCT type_text, type_name FROM type_mentions)

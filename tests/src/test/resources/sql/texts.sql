-- Texts, names, maps, lists, structs.

-- case: utf8_normalize composes, lowers and collapses
SELECT id, utf8_normalize(name) AS n FROM nodes;
-- rows
-- {"id":1,"n":"foo"}
-- {"id":2,"n":"bar"}
-- {"id":3,"n":null}
-- {"id":4,"n":"fix"}

-- case: utf8_normalize keeps case and form
SELECT utf8_normalize(name, 'NFC', false) AS n FROM nodes WHERE id IN (1, 4);
-- rows
-- {"n":"Foo"}
-- {"n":"ﬁx"}

-- case: utf8_normalize of nothing is null
SELECT utf8_normalize(SUBSTRING(name, 1, 0)) AS n FROM nodes WHERE id = 1;
-- rows
-- {"n":null}

-- case: utf8_null_if_blank trims
SELECT id, utf8_null_if_blank(name) AS n FROM nodes;
-- rows
-- {"id":1,"n":"Foo"}
-- {"id":2,"n":"bar"}
-- {"id":3,"n":null}
-- {"id":4,"n":"ﬁx"}

-- case: utf8_null_if_blank of blanks is null
SELECT utf8_null_if_blank('  ' || SUBSTRING(name, 1, 0)) AS n FROM nodes WHERE id = 1;
-- rows
-- {"n":null}

-- case: qname_normalize puts the module before
SELECT id, qname_normalize(name, 'Pkg.Mod') AS q FROM nodes;
-- rows
-- {"id":1,"q":"pkg.mod.foo"}
-- {"id":2,"q":"pkg.mod.bar"}
-- {"id":3,"q":null}
-- {"id":4,"q":"pkg.mod.fix"}

-- case: qname_normalize keeps a symbol with dots
SELECT qname_normalize('A.' || name, 'pkg') AS q FROM nodes WHERE id = 1;
-- rows
-- {"q":"a.foo"}

-- case: qname_normalize without module
SELECT qname_normalize(name) AS q FROM nodes WHERE id = 1;
-- rows
-- {"q":"foo"}

-- case: qname_normalize keeps case where the language does
SELECT qname_normalize(name, 'Pkg', 'java') AS q FROM nodes WHERE id = 1;
-- rows
-- {"q":"Pkg.Foo"}

-- case: map_get_default
SELECT id, map_get_default(props, 'k', 0) AS v FROM tags;
-- rows
-- {"id":1,"v":2}
-- {"id":2,"v":0}
-- {"id":3,"v":0}

-- case: map_get_default of a key that is not there
SELECT map_get_default(props, 'zz', -1) AS v FROM tags WHERE id = 1;
-- rows
-- {"v":-1}

-- case: map_normalize lowers and sorts, the last wins
SELECT id, map_normalize(props) AS m FROM tags;
-- rows
-- {"id":1,"m":[["a",3],["k",2]]}
-- {"id":2,"m":[["x",null]]}
-- {"id":3,"m":null}

-- case: map_normalize keeps case
SELECT map_normalize(props, 'as_is') AS m FROM tags WHERE id = 2;
-- rows
-- {"m":[["X",null]]}

-- case: list_compact drops nulls
SELECT id, list_compact(names) AS l FROM tags;
-- rows
-- {"id":1,"l":["b","a","b"]}
-- {"id":2,"l":[]}
-- {"id":3,"l":null}

-- case: list_unique_sorted
SELECT id, list_unique_sorted(names) AS l FROM tags;
-- rows
-- {"id":1,"l":["a","b"]}
-- {"id":2,"l":[]}
-- {"id":3,"l":null}

-- case: list_unique_sorted of numbers
SELECT list_unique_sorted(ARRAY[10, CAST(id AS INT), 9, 10]) AS l FROM tags WHERE id = 2;
-- rows
-- {"l":[2,9,10]}

-- case: struct_pick takes fields in the order asked for
SELECT id, struct_pick(s, 'y', 'x') AS p FROM tags;
-- rows
-- {"id":1,"p":{"y":"p","x":1}}
-- {"id":2,"p":{"y":null,"x":2}}
-- {"id":3,"p":null}

-- case: struct_pick of a field that is not there is refused
SELECT struct_pick(s, 'zz') AS p FROM tags;
-- error: zz

-- case: list functions behind each other
SELECT CARDINALITY(list_unique_sorted(list_compact(names))) AS n FROM tags WHERE id = 1;
-- rows
-- {"n":2}

-- case: elements as rows
SELECT id, e FROM tags CROSS JOIN UNNEST(list_unique_sorted(names)) AS u(e);
-- rows
-- {"id":1,"e":"a"}
-- {"id":1,"e":"b"}

-- case: cdf_change_rank
SELECT t, cdf_change_rank(t) AS r FROM change_types;
-- rows
-- {"t":"insert","r":2}
-- {"t":" Update_Postimage ","r":3}
-- {"t":"update_preimage","r":0}
-- {"t":"delete","r":1}
-- {"t":"other","r":-1}
-- {"t":null,"r":null}

-- case: cdf_is_upsert and cdf_is_delete
SELECT t, cdf_is_upsert(t) AS u, cdf_is_delete(t) AS d FROM change_types;
-- rows
-- {"t":"insert","u":true,"d":false}
-- {"t":" Update_Postimage ","u":true,"d":false}
-- {"t":"update_preimage","u":false,"d":false}
-- {"t":"delete","u":false,"d":true}
-- {"t":"other","u":false,"d":false}
-- {"t":null,"u":null,"d":null}

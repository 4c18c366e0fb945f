-- Hashes and ids. Expected values are from another implementation of BLAKE2b.

-- case: stable_hash64 of a column
SELECT id, stable_hash64(path) AS h FROM nodes;
-- rows
-- {"id":1,"h":3810177068901376292}
-- {"id":2,"h":3810177068901376292}
-- {"id":3,"h":2349728718823477346}
-- {"id":4,"h":2349728718823477346}

-- case: stable_hash64 of null is null
SELECT id, stable_hash64(name) AS h FROM nodes WHERE name IS NULL;
-- rows
-- {"id":3,"h":null}

-- case: stable_hash64 in a filter
SELECT id FROM nodes WHERE stable_hash64(name) = 6197701397626313630;
-- rows
-- {"id":2}

-- case: stable_hash64 of the empty text
SELECT stable_hash64(SUBSTRING(path, 1, 0)) AS h FROM nodes WHERE id = 1;
-- rows
-- {"h":7252660547403494068}

-- case: stable_hash128 of a column
SELECT id, stable_hash128(name) AS h FROM nodes;
-- rows
-- {"id":1,"h":"8c1554193081820a79033dcd14a5d0e9"}
-- {"id":2,"h":"318968427e16b17ebdd49cf7f22b79bd"}
-- {"id":3,"h":null}
-- {"id":4,"h":"5d12a1384abb72b1fe3873e470259fe2"}

-- case: prefixed_hash64 of a column
SELECT id, prefixed_hash64(kind, path) AS h FROM nodes;
-- rows
-- {"id":1,"h":"class:3810177068901376292"}
-- {"id":2,"h":"function:3810177068901376292"}
-- {"id":3,"h":"module:2349728718823477346"}
-- {"id":4,"h":"function:2349728718823477346"}

-- case: prefixed_hash64 is null where either is
SELECT prefixed_hash64('p', name) AS a, prefixed_hash64(name, 'x') AS b FROM nodes WHERE id = 3;
-- rows
-- {"a":null,"b":null}

-- case: stable_id of a column
SELECT id, stable_id('n', path) AS h FROM nodes;
-- rows
-- {"id":1,"h":"n:f3ac8b287c874f064b5ea821a08481cf"}
-- {"id":2,"h":"n:f3ac8b287c874f064b5ea821a08481cf"}
-- {"id":3,"h":"n:c5bf65352ef401d7d03d89076c6801a7"}
-- {"id":4,"h":"n:c5bf65352ef401d7d03d89076c6801a7"}

-- case: stable_id is null where either is
SELECT stable_id(name, path) AS h FROM nodes WHERE id = 3;
-- rows
-- {"h":null}

-- case: prefixed_hash_parts64 of columns of several types
SELECT id, prefixed_hash_parts64('q', path, bstart, name) AS h FROM nodes;
-- rows
-- {"id":1,"h":"q:2301534893964525874"}
-- {"id":2,"h":"q:7817234879648557680"}
-- {"id":3,"h":"q:7982892688486286308"}
-- {"id":4,"h":"q:7286482956877656744"}

-- case: stable_id_parts of columns of several types
SELECT id, stable_id_parts('node', path, bstart, bend) AS h FROM nodes;
-- rows
-- {"id":1,"h":"node:b0331585c6e92ba2ed514a897d63d284"}
-- {"id":2,"h":"node:0577f7709c3859c53e47156e48189b0d"}
-- {"id":3,"h":"node:fc90bf6ebf36da28eed87bbe29a5c44c"}
-- {"id":4,"h":"node:31897a982a16c136977121b8a758ad08"}

-- case: stable_id_parts takes a null part for the sentinel
SELECT stable_id_parts('p', name) = stable_id_parts('p', '__NULL__') AS same FROM nodes WHERE id = 3;
-- rows
-- {"same":true}

-- case: stable_id_parts is null where its prefix is
SELECT stable_id_parts(name, path) AS h FROM nodes WHERE id = 3;
-- rows
-- {"h":null}

-- case: stable_id_parts of floating point, booleans and dates
SELECT stable_id_parts('p', CAST(id AS DOUBLE), id = 1, DATE '2024-02-29') AS h FROM nodes WHERE id = 1;
-- rows
-- {"h":"p:29436781913bb7a1b567bda75dcb894c"}

-- case: stable_hash_any is never null
SELECT id, stable_hash_any(name) AS h FROM nodes WHERE id <= 3;
-- rows
-- {"id":1,"h":"8c1554193081820a79033dcd14a5d0e9"}
-- {"id":2,"h":"318968427e16b17ebdd49cf7f22b79bd"}
-- {"id":3,"h":"a57b800059f43b1b7b599199eb6e1b74"}

-- case: stable_hash_any trims and composes
SELECT stable_hash_any(name) AS a, stable_hash_any(name, false) AS b FROM nodes WHERE id = 4;
-- rows
-- {"a":"100d7e364de6362f1d961606448d2cb9","b":"5d12a1384abb72b1fe3873e470259fe2"}

-- case: stable_hash_any takes another sentinel
SELECT stable_hash_any(name, true, 'none') AS a FROM nodes WHERE id = 3;
-- rows
-- {"a":"bf7dbbc40c47e2e50314ef12caac3787"}

-- case: stable_hash_any of a number
SELECT stable_hash_any(bend) AS a FROM nodes WHERE id = 1;
-- rows
-- {"a":"6aa2bada80ced406b77991cbb7c8cc3e"}

-- case: span_id is stable_id_parts of the same
SELECT id, span_id('span', path, bstart, bend) AS a, span_id('span', path, bstart, bend, kind) AS b FROM nodes;
-- rows
-- {"id":1,"a":"span:b0331585c6e92ba2ed514a897d63d284","b":"span:d6441d1886033bddad6a455bf4b24b33"}
-- {"id":2,"a":"span:0577f7709c3859c53e47156e48189b0d","b":"span:367c3500107f744a34859e88968d9b6e"}
-- {"id":3,"a":"span:fc90bf6ebf36da28eed87bbe29a5c44c","b":"span:153f074e8e3ac1850cc83e234e5035ce"}
-- {"id":4,"a":"span:31897a982a16c136977121b8a758ad08","b":"span:91e84fc64b5cfa92954c579b81cc7937"}

-- case: ids are keys of joins
SELECT a.id AS l, b.id AS r FROM nodes a JOIN nodes b ON stable_id('n', a.path) = stable_id('n', b.path) WHERE a.id < b.id;
-- rows
-- {"l":1,"r":2}
-- {"l":3,"r":4}

-- case: hashes of groups
SELECT stable_hash64(path) AS h, COUNT(*) AS n FROM nodes GROUP BY stable_hash64(path);
-- rows
-- {"h":3810177068901376292,"n":2}
-- {"h":2349728718823477346,"n":2}

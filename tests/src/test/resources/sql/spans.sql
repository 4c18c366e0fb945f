-- Spans, offsets and encodings.

-- case: span_make of columns
SELECT id, span_make(bstart, bend) AS s FROM nodes;
-- rows
-- {"id":1,"s":{"bstart":0,"bend":10,"line_base":0,"col_unit":"byte","end_exclusive":true}}
-- {"id":2,"s":{"bstart":10,"bend":25,"line_base":0,"col_unit":"byte","end_exclusive":true}}
-- {"id":3,"s":{"bstart":5,"bend":5,"line_base":0,"col_unit":"byte","end_exclusive":true}}
-- {"id":4,"s":{"bstart":null,"bend":7,"line_base":0,"col_unit":"byte","end_exclusive":true}}

-- case: span_make with options
SELECT span_make(bstart, bend, 1, 'utf16', false) AS s FROM nodes WHERE id = 1;
-- rows
-- {"s":{"bstart":0,"bend":10,"line_base":1,"col_unit":"utf16","end_exclusive":false}}

-- case: span_make by name
SELECT span_make(bend => bend, bstart => bstart) AS s FROM nodes WHERE id = 2;
-- rows
-- {"s":{"bstart":10,"bend":25,"line_base":0,"col_unit":"byte","end_exclusive":true}}

-- case: a field of a span
SELECT span_make(bstart, bend).bend AS e FROM nodes WHERE id = 2;
-- rows
-- {"e":25}

-- case: span_len of columns
SELECT id, span_len(span_make(bstart, bend)) AS n FROM nodes;
-- rows
-- {"id":1,"n":10}
-- {"id":2,"n":15}
-- {"id":3,"n":0}
-- {"id":4,"n":null}

-- case: spans that touch do not overlap
SELECT a.id AS l, b.id AS r, span_overlaps(span_make(a.bstart, a.bend), span_make(b.bstart, b.bend)) AS o FROM nodes a, nodes b WHERE a.id = 1 AND b.id IN (1, 2, 4);
-- rows
-- {"l":1,"r":1,"o":true}
-- {"l":1,"r":2,"o":false}
-- {"l":1,"r":4,"o":null}

-- case: spans with inclusive ends overlap where they touch
SELECT span_overlaps(span_make(a.bstart, a.bend, 0, 'byte', false), span_make(b.bstart, b.bend)) AS o FROM nodes a, nodes b WHERE a.id = 1 AND b.id = 2;
-- rows
-- {"o":true}

-- case: a span contains itself and what is inside
SELECT a.id AS l, b.id AS r FROM nodes a JOIN nodes b ON span_contains(span_make(a.bstart, a.bend), span_make(b.bstart, b.bend)) WHERE a.id < 3;
-- rows
-- {"l":1,"r":1}
-- {"l":1,"r":3}
-- {"l":2,"r":2}

-- case: span_contains is null with a bound that is
SELECT span_contains(span_make(0, bend), span_make(bstart, bend)) AS c FROM nodes WHERE id = 4;
-- rows
-- {"c":null}

-- case: interval_align_score prefers the shortest
SELECT b.id, interval_align_score(a.bstart, a.bend, b.bstart, b.bend) AS s FROM nodes a, nodes b WHERE a.id = 1;
-- rows
-- {"id":1,"s":-10.0}
-- {"id":2,"s":-15.0}
-- {"id":3,"s":0.0}
-- {"id":4,"s":null}

-- case: interval_align_score in an order
SELECT b.id FROM nodes a, nodes b WHERE a.id = 1 AND b.id < 4 ORDER BY interval_align_score(a.bstart, a.bend, b.bstart, b.bend) DESC LIMIT 1;
-- rows in order
-- {"id":3}

-- case: position_encoding_norm
SELECT id, position_encoding_norm(enc) AS e FROM encodings;
-- rows
-- {"id":1,"e":1}
-- {"id":2,"e":2}
-- {"id":3,"e":3}
-- {"id":4,"e":3}
-- {"id":5,"e":3}

-- case: col_to_byte counts bytes of characters
SELECT col_to_byte(line, 1, 'utf8') AS a, col_to_byte(line, 1, 'utf32') AS b, col_to_byte(line, 3, 'utf16') AS c FROM encodings WHERE id = 1;
-- rows
-- {"a":1,"b":1,"c":5}

-- case: col_to_byte clamps to the line
SELECT col_to_byte(line, 99, 'utf32') AS a, col_to_byte(line, 2, enc) AS b FROM encodings WHERE id = 5;
-- rows
-- {"a":3,"b":2}

-- case: col_to_byte is null without a line or a column
SELECT col_to_byte(CAST(NULL AS STRING), 1, 'utf8') AS a, col_to_byte(line, CAST(NULL AS BIGINT), 'utf8') AS b FROM encodings WHERE id = 1;
-- rows
-- {"a":null,"b":null}

-- case: canonicalize_byte_span adds the starts of lines
SELECT canonicalize_byte_span(10, line, 3, 20, line, 2, 'BYTE') AS s FROM encodings WHERE id = 5;
-- rows
-- {"s":{"bstart":13,"bend":22}}

-- Pairs of sections with what they share, counted in whole clauses.
CREATE OR REPLACE TEMP TABLE pairs AS
WITH words AS (
    SELECT section, any_value(doc) AS doc, sum(characters)::INTEGER AS words
    FROM clauses
    SEMI JOIN affected USING (doc)
    GROUP BY section
    HAVING sum(characters) >= $shortest
),
-- Last year's report as a whole, as sections are split and joined; the section there is the one with most of it.
before AS (
    SELECT c.section, o.section AS other, c.mark, any_value(c.characters) AS characters
    FROM clauses c
    JOIN previous p USING (doc)
    JOIN clauses o ON o.doc = p.other_doc AND o.mark = c.mark
    SEMI JOIN words w ON w.section = c.section
    GROUP BY ALL
),
repeated AS (
    SELECT section, sum(characters)::INTEGER AS shared
    FROM (SELECT DISTINCT section, mark, characters FROM before)
    GROUP BY ALL
),
closest AS (
    SELECT section, other
    FROM before
    GROUP BY section, other
    QUALIFY row_number() OVER (PARTITION BY section ORDER BY sum(characters) DESC, other) = 1
),
elsewhere AS (
    SELECT k.section, k.other, sum(c.characters)::INTEGER AS shared
    FROM candidates k
    JOIN clauses c USING (section)
    JOIN clauses o ON o.section = k.other AND o.mark = c.mark
    GROUP BY ALL
)
SELECT
    w.section, 'previous_year' AS against, p.other_doc, c.other, coalesce(r.shared, 0) AS shared, w.words
FROM words w
JOIN previous p USING (doc)
LEFT JOIN repeated r USING (section)
LEFT JOIN closest c USING (section)
UNION ALL
SELECT w.section, 'other_body', n.doc, e.other, e.shared, w.words
FROM elsewhere e
JOIN words w USING (section)
JOIN numbered n ON n.section = e.other

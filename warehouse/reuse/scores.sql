-- Pairs of sections with what they share, counted in whole clauses.
CREATE OR REPLACE TEMP TABLE pairs AS
WITH words AS (
    SELECT section, any_value(doc) AS doc, sum(characters)::INTEGER AS words
    FROM clauses
    SEMI JOIN affected USING (doc)
    GROUP BY section
    HAVING sum(characters) >= $shortest
),
-- What is compared first, what it is compared with then: joined in another order, clauses would meet clauses, and of one
-- that many sections share that is the square.
repeatable AS MATERIALIZED (
    SELECT c.section, p.other_doc, c.mark, c.characters
    FROM clauses c
    JOIN previous p USING (doc)
    SEMI JOIN words w ON w.section = c.section
),
-- Last year's report as a whole, as sections are split and joined; the section there is the one with most of it.
before AS (
    SELECT r.section, o.section AS other, r.mark, any_value(r.characters) AS characters
    FROM repeatable r
    JOIN clauses o ON o.doc = r.other_doc AND o.mark = r.mark
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
copyable AS MATERIALIZED (
    SELECT k.section, k.other, c.mark, c.characters FROM candidates k JOIN clauses c USING (section)
),
elsewhere AS (
    SELECT c.section, c.other, sum(c.characters)::INTEGER AS shared
    FROM copyable c
    JOIN clauses o ON o.section = c.other AND o.mark = c.mark
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

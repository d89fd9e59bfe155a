-- Sections of other bodies that may hold the same words: those that share the most marks.
CREATE OR REPLACE TEMP TABLE candidates AS
SELECT p.section, h.section AS other, count(*) AS common
FROM shared_posts p
SEMI JOIN affected USING (doc)
JOIN heads h ON h.mark = p.mark AND h.year BETWEEN p.year - 1 AND p.year AND h.body <> p.body
GROUP BY p.section, h.section
HAVING count(*) >= 2
QUALIFY row_number() OVER (PARTITION BY p.section ORDER BY count(*) DESC, h.section) <= $candidates;

-- Whose clauses the scores need, beyond those there already.
CREATE OR REPLACE TEMP TABLE wanted AS
SELECT doc FROM affected
UNION
SELECT other_doc FROM previous SEMI JOIN affected USING (doc)
UNION
SELECT n.doc FROM candidates c JOIN numbered n ON n.section = c.other
EXCEPT
FROM fresh;

-- The sketches of fresh reports, and beside them the words of their sections.
CREATE OR REPLACE TEMP TABLE sketched AS
SELECT n.document_id, n.seq, b.agency_id, b.year, b.is_primary, coalesce(w.words, 0) AS words, w.marks, $rules AS rules
FROM numbered n
SEMI JOIN fresh USING (doc)
JOIN bodies b USING (doc)
LEFT JOIN (
    SELECT
        section, sum(characters)::INTEGER AS words,
        CASE WHEN sum(characters) >= $shortest THEN min((mark >> 1)::BIGINT, $marks) END AS marks
    FROM clauses
    GROUP BY section
) w USING (section);

DELETE FROM sketches WHERE document_id NOT IN (SELECT document_id FROM bodies);

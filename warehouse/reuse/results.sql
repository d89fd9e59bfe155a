-- The pairs with what they share in clauses or in spans, whichever is more; of other bodies the most similar ones.
CREATE OR REPLACE TEMP TABLE measured AS
WITH settled AS (
    SELECT
        p.section, p.against, p.other_doc, p.other, p.words,
        least(greatest(p.shared, coalesce(s.shared, 0)), p.words)::INTEGER AS shared
    FROM pairs p
    LEFT JOIN spans s USING (section, other)
),
-- One body counts once, however often it said so.
others AS (
    SELECT s.section, s.against, s.other_doc, s.other, s.words, s.shared
    FROM settled s
    JOIN bodies b ON b.doc = s.other_doc
    WHERE s.against = 'other_body' AND s.shared >= greatest($threshold * s.words, $shortest)
    QUALIFY row_number() OVER (PARTITION BY s.section, b.body ORDER BY s.shared DESC, s.other) = 1
),
placed AS (
    SELECT *, 1 AS place FROM settled WHERE against = 'previous_year'
    UNION ALL
    SELECT *, (row_number() OVER (PARTITION BY section ORDER BY shared DESC, other))::INTEGER AS place
    FROM others
    QUALIFY place <= $kept
)
SELECT
    n.document_id, n.seq, p.against, p.place, b.document_id AS other_document_id, o.seq AS other_seq,
    p.words, p.shared, round(p.shared / p.words, 4) AS share
FROM placed p
JOIN numbered n USING (section)
JOIN bodies b ON b.doc = p.other_doc
LEFT JOIN numbered o ON o.section = p.other

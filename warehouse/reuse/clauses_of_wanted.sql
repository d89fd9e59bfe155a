-- The clauses of the reports in `wanted`, as marks.
INSERT INTO clauses
SELECT doc, section, mark_of(clause), length(clause)
FROM (
    SELECT n.doc, n.section, unnest(list_distinct(clauses_of(
        own_words(s.text, b.agency, b.province, b.city, b.county)
    ))) AS clause
    FROM numbered n
    SEMI JOIN wanted USING (doc)
    JOIN bodies b USING (doc)
    JOIN (SELECT document_id, seq, text FROM sections) s ON s.document_id = n.document_id AND s.seq = n.seq
)
WHERE NOT regexp_matches(clause, $prescribed) AND mark_of(clause) NOT IN (FROM form_marks)

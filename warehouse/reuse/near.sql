-- Own words of both sides of the pairs that share some clauses but not nearly all: an edited clause is no whole one.
WITH near AS (
    SELECT section, other, words FROM pairs WHERE shared BETWEEN $least * words AND $most * words
),
texts AS (
    SELECT
        section,
        array_to_string(list_filter(
            clauses_of(own_words(s.text, b.agency, b.province, b.city, b.county)),
            lambda clause: NOT regexp_matches(clause, $prescribed)
        ), '，') AS words
    FROM (SELECT section FROM near UNION SELECT other FROM near)
    JOIN numbered n USING (section)
    JOIN bodies b USING (doc)
    JOIN (SELECT document_id, seq, text FROM sections) s ON s.document_id = n.document_id AND s.seq = n.seq
)
SELECT DISTINCT section, other, t.words, o.words
FROM near
JOIN texts t USING (section)
JOIN texts o ON o.section = near.other

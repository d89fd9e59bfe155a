-- The own words of two reports' sections, as one text each.
SELECT
    s.document_id, s.seq,
    array_to_string(list_filter(
        clauses_of(own_words(s.text, r.agency, r.province, r.city, r.county)),
        lambda clause: NOT regexp_matches(clause, $prescribed)
    ), '，') AS words
FROM sections s
JOIN reports r USING (document_id)
WHERE s.document_id IN ($one, $other)
ORDER BY s.seq

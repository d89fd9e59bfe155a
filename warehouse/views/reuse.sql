-- What `repeats` holds, with the names of both sides.
SELECT
    p.document_id, r.agency_id, r.agency, r.region_code, r.year, p.seq, s.heading, s.concept,
    p.against, p.place, p.share, p.share >= 0.5 AS is_repeated, p.words, p.shared,
    p.other_document_id, o.agency AS other_agency, o.year AS other_year, p.other_seq, t.heading AS other_heading
FROM repeats p
JOIN (SELECT document_id, agency_id, agency, region_code, year FROM reports) r USING (document_id)
JOIN (SELECT document_id, seq, heading, concept FROM sections) s USING (document_id, seq)
JOIN (SELECT document_id, agency, year FROM reports) o ON o.document_id = p.other_document_id
LEFT JOIN (SELECT document_id, seq, heading FROM sections) t ON t.document_id = p.other_document_id AND t.seq = p.other_seq

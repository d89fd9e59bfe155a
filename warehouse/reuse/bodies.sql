-- Reports by number (smaller than their ids), with all that decides whom they are compared with.
CREATE OR REPLACE TEMP TABLE bodies AS
SELECT
    (row_number() OVER (ORDER BY document_id))::INTEGER AS doc,
    (dense_rank() OVER (ORDER BY coalesce(agency_id, document_id)))::INTEGER AS body,
    document_id, agency_id, year, is_primary, agency, province, city, county
FROM reports
WHERE year IS NOT NULL;

CREATE OR REPLACE TEMP TABLE numbered AS
SELECT (row_number() OVER (ORDER BY document_id, seq))::INTEGER AS section, doc, document_id, seq
FROM (SELECT document_id, seq FROM sections)
JOIN bodies USING (document_id);

-- The body's report of the year before.
CREATE OR REPLACE TEMP TABLE previous AS
SELECT b.doc, min(p.doc) AS other_doc
FROM bodies b
JOIN bodies p ON p.agency_id = b.agency_id AND p.year = b.year - 1 AND p.is_primary
GROUP BY ALL;

-- Those whose words are not sketched yet: new, read again, of another body or year, or sketched by older rules.
CREATE OR REPLACE TEMP TABLE fresh AS
SELECT DISTINCT b.doc
FROM numbered n
JOIN bodies b USING (doc)
LEFT JOIN sketches k ON k.document_id = n.document_id AND k.seq = n.seq
WHERE k.rules IS DISTINCT FROM $rules OR k.agency_id IS DISTINCT FROM b.agency_id
    OR k.year IS DISTINCT FROM b.year OR k.is_primary IS DISTINCT FROM b.is_primary;

-- Those among them that nothing was ever compared with.
CREATE OR REPLACE TEMP TABLE arrived AS
SELECT doc FROM fresh SEMI JOIN (SELECT doc FROM bodies ANTI JOIN sketches USING (document_id)) USING (doc);

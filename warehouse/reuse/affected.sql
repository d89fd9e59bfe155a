-- Reports whose rows may be others than before: the fresh ones, those that follow them, those that may be compared with
-- them now or might have been before, and those compared with one that is fresh or gone.
CREATE OR REPLACE TEMP TABLE posts AS
SELECT n.section, n.doc, b.body, b.year, unnest(k.marks) AS mark
FROM sketches k
JOIN numbered n ON n.document_id = k.document_id AND n.seq = k.seq
JOIN bodies b USING (doc)
WHERE k.marks IS NOT NULL;

CREATE OR REPLACE TEMP TABLE shared_posts AS
SELECT *
FROM posts
SEMI JOIN (SELECT mark FROM posts GROUP BY mark HAVING min(body) < max(body)) USING (mark);

-- Where many bodies share a mark, the first of them stand for all, so that a text that a whole province copied costs no
-- more than any other.
CREATE OR REPLACE TEMP TABLE heads AS
SELECT mark, year, body, min(section) AS section
FROM shared_posts
GROUP BY mark, year, body
QUALIFY row_number() OVER (PARTITION BY mark, year ORDER BY min(section)) <= $heads;

CREATE OR REPLACE TEMP TABLE affected AS
SELECT doc FROM fresh
UNION
SELECT p.doc FROM previous p JOIN fresh f ON p.other_doc = f.doc
UNION
-- One that just arrived changes only what it stands for (of one read again, what it stood for before is not known any
-- more: what was compared with it follows below); one of another body or year may have stood for something else.
SELECT p.doc
FROM shared_posts p
JOIN (
    SELECT h.mark, h.year FROM heads h JOIN numbered USING (section) SEMI JOIN arrived USING (doc)
) h ON h.mark = p.mark AND h.year BETWEEN p.year - 1 AND p.year
UNION
SELECT p.doc
FROM shared_posts p
SEMI JOIN (
    SELECT mark FROM shared_posts SEMI JOIN fresh USING (doc) ANTI JOIN arrived USING (doc)
) USING (mark)
UNION
SELECT b.doc
FROM repeats r
JOIN bodies b USING (document_id)
LEFT JOIN bodies o ON o.document_id = r.other_document_id
WHERE o.doc IS NULL OR o.doc IN (FROM fresh);

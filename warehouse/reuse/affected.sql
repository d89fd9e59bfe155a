-- Reports whose rows may be others than before: the fresh ones, those that follow them or share a mark with them, and
-- those compared with one that is fresh or gone.
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

CREATE OR REPLACE TEMP TABLE affected AS
SELECT doc FROM fresh
UNION
SELECT p.doc FROM previous p JOIN fresh f ON p.other_doc = f.doc
UNION
SELECT p.doc
FROM shared_posts p
SEMI JOIN (SELECT DISTINCT mark FROM shared_posts SEMI JOIN fresh USING (doc)) USING (mark)
UNION
SELECT b.doc
FROM repeats r
JOIN bodies b USING (document_id)
LEFT JOIN bodies o ON o.document_id = r.other_document_id
WHERE o.doc IS NULL OR o.doc IN (FROM fresh);

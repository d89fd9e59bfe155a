-- rule: part_of_total
-- category: arithmetic
-- severity: error
-- asks_zh: “其中”各项不大于其总数；新公开不大于对外公开总数；现行有效与废止之和不小于制发
-- asks_en: What is among a total is no more than it; newly public no more than public in total; issued no more than
--   in force and repealed together
-- basis: 2014年统计表“其中”各行；国办公开办函〔2019〕60号、〔2021〕30号，表二
-- message_zh: “{about}”为{actual}，大于其所属的{expected}
-- message_en: {about} is {actual}, more than the {expected} that it is among
WITH relations(part, whole, added) AS (
    SELECT indicator, relation[6:], NULL FROM indicators WHERE relation LIKE 'part:%'
    UNION ALL
    VALUES
        ('regulations_newly_public', 'regulations_public_total', NULL),
        ('normative_documents_newly_public', 'normative_documents_public_total', NULL),
        ('regulations_issued', 'regulations_in_force', 'regulations_repealed'),
        ('normative_documents_issued', 'normative_documents_in_force', 'normative_documents_repealed')
),
cells AS (
    SELECT document_id, indicator, min(value) AS value, min(raw) AS raw,
        min(text_start) AS text_start, min(text_end) AS text_end
    FROM scope_cells
    WHERE value IS NOT NULL AND member IS NULL AND indicator IN (
        SELECT part FROM relations UNION SELECT whole FROM relations UNION SELECT added FROM relations
    )
    GROUP BY ALL
    HAVING count(*) = 1
)
SELECT
    p.document_id, p.indicator,
    p.value <= w.value + coalesce(a.value, 0) + 1e-6 AS passed,
    number(w.value + coalesce(a.value, 0)) AS expected, number(p.value) AS actual,
    label_zh AS about_zh, label_en AS about_en,
    w.raw || coalesce(' + ' || a.raw, '') AS expected_evidence,
    least(w.text_start, a.text_start) AS expected_start, greatest(w.text_end, a.text_end) AS expected_end,
    p.raw AS actual_evidence, p.text_start AS actual_start, p.text_end AS actual_end
FROM relations r
JOIN cells p ON p.indicator = r.part
JOIN cells w ON w.document_id = p.document_id AND w.indicator = r.whole
LEFT JOIN cells a ON a.document_id = p.document_id AND a.indicator = r.added
LEFT JOIN indicators i ON i.indicator = p.indicator
WHERE r.added IS NULL OR a.value IS NOT NULL

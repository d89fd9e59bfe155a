-- rule: in_force
-- category: consistency
-- severity: error
-- asks_zh: 现行有效件数＝上年现行有效件数＋本年制发件数−本年废止件数（规章、行政规范性文件）
-- asks_en: Documents in force = those in force last year + issued − repealed (rules, normative documents)
-- basis: 国办公开办函〔2021〕30号，表二第二十条第（一）项
-- message_zh: “{about}”：按上年报告与本年制发、废止推算应为{expected}件，所印为{actual}件
-- message_en: {about}: last year's report, issued and repealed make {expected}, printed is {actual}
WITH pairs AS (
    SELECT r.document_id, l.document_id AS last_id
    FROM scope_reports r
    JOIN reports l ON l.agency_id = r.agency_id AND l.year = r.year - 1 AND l.is_primary
    WHERE r.is_primary AND l.form = 'form-2021' AND r.form = 'form-2021'
),
kinds(kind) AS (VALUES ('regulations'), ('normative_documents')),
-- Joined with what is compared first: cells joined alone would meet those of all other reports, the square of them.
this_year AS MATERIALIZED (
    SELECT
        document_id, last_id, kind,
        min(value) FILTER (indicator = kind || '_issued') AS issued,
        min(value) FILTER (indicator = kind || '_repealed') AS repealed,
        min(value) FILTER (indicator = kind || '_in_force') AS in_force,
        min(raw) FILTER (indicator = kind || '_issued') AS issued_raw,
        min(raw) FILTER (indicator = kind || '_repealed') AS repealed_raw,
        min(raw) FILTER (indicator = kind || '_in_force') AS raw,
        min(text_start) FILTER (indicator = kind || '_in_force') AS text_start,
        min(text_end) FILTER (indicator = kind || '_in_force') AS text_end
    FROM pairs
    JOIN scope_cells USING (document_id)
    JOIN kinds ON indicator IN (kind || '_issued', kind || '_repealed', kind || '_in_force')
    WHERE table_no = 2 AND form = 'form-2021'
    GROUP BY ALL
),
last_year AS (
    SELECT document_id AS last_id, kind, value, raw, text_start, text_end
    FROM body_cells
    JOIN kinds ON indicator = kind || '_in_force'
    WHERE table_no = 2 AND form = 'form-2021' AND value IS NOT NULL
)
SELECT
    t.document_id, t.kind || '_in_force' AS indicator,
    same(l.value + t.issued - t.repealed, t.in_force) AS passed,
    number(l.value + t.issued - t.repealed) AS expected, number(t.in_force) AS actual,
    label_zh AS about_zh, label_en AS about_en,
    t.last_id AS expected_document_id,
    printed(l.raw) || ' + ' || printed(t.issued_raw) || ' − ' || printed(t.repealed_raw) AS expected_evidence,
    l.text_start AS expected_start, l.text_end AS expected_end,
    t.raw AS actual_evidence, t.text_start AS actual_start, t.text_end AS actual_end
FROM this_year t
JOIN last_year l USING (last_id, kind)
LEFT JOIN indicators i ON i.indicator = t.kind || '_in_force'
WHERE t.issued IS NOT NULL AND t.repealed IS NOT NULL AND t.in_force IS NOT NULL

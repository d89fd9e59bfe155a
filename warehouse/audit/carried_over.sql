-- rule: carried_over
-- category: consistency
-- severity: error
-- asks_zh: 本年“上年结转”＝上年报告的“结转下年度继续办理”
-- asks_en: Applications carried over equal those that last year's report carried forward
-- basis: 国办公开办函〔2019〕60号、〔2021〕30号，表三第二项与上一年度第四项
-- message_zh: 表三“{about}”栏：上年报告结转下年度{expected}件，本年报告上年结转{actual}件
-- message_en: Table 3, column {about}: last year's report carried {expected} forward, this one carries {actual} over
WITH pairs AS (
    SELECT r.document_id, l.document_id AS last_id
    FROM scope_reports r
    JOIN reports l ON l.agency_id = r.agency_id AND l.year = r.year - 1 AND l.is_primary
    WHERE r.is_primary AND l.form IN ('form-2019', 'form-2021') AND r.form IN ('form-2019', 'form-2021')
),
-- Joined with what is compared first: cells joined alone would meet those of all other reports, the square of them.
this_year AS MATERIALIZED (
    SELECT document_id, last_id, dimension, member, value, raw, text_start, text_end
    FROM pairs
    JOIN scope_cells USING (document_id)
    WHERE indicator = 'applications_carried_over' AND value IS NOT NULL
),
last_year AS (
    SELECT document_id AS last_id, member, value, raw, text_start, text_end
    FROM body_cells
    WHERE indicator = 'applications_carried_forward' AND value IS NOT NULL
)
SELECT
    t.document_id, 'applications_carried_over' AS indicator, t.dimension, t.member,
    same(t.value, l.value) AS passed,
    number(l.value) AS expected, number(t.value) AS actual,
    member_zh(t.member) AS about_zh, coalesce(t.member, 'total') AS about_en,
    t.last_id AS expected_document_id,
    l.raw AS expected_evidence, l.text_start AS expected_start, l.text_end AS expected_end,
    t.raw AS actual_evidence, t.text_start AS actual_start, t.text_end AS actual_end
FROM this_year t
JOIN last_year l ON l.last_id = t.last_id AND l.member IS NOT DISTINCT FROM t.member

-- rule: items_last_year
-- category: consistency
-- severity: warning
-- asks_zh: 本年“上一年项目数量”＝上年报告的“上一年项目数量”＋“本年增/减”
-- asks_en: Items of the year before = the items that last year's report began with, plus its change
-- basis: 国办公开办函〔2019〕60号，表二第二十条第（五）（六）（八）项
-- message_zh: “{about}”：按上年报告应为{expected}项，所印为{actual}项
-- message_en: {about}: by last year's report {expected}, printed is {actual}
WITH pairs AS (
    SELECT r.document_id, l.document_id AS last_id
    FROM scope_reports r
    JOIN reports l ON l.agency_id = r.agency_id AND l.year = r.year - 1 AND l.is_primary
    WHERE r.is_primary AND l.form = 'form-2019' AND r.form = 'form-2019'
),
-- Joined with what is compared first: cells joined alone would meet those of all other reports, the square of them.
this_year AS MATERIALIZED (
    SELECT document_id, last_id, indicator, value, raw, text_start, text_end
    FROM pairs
    JOIN scope_cells USING (document_id)
    WHERE table_no = 2 AND form = 'form-2019' AND indicator LIKE '%\_items\_last\_year' ESCAPE '\'
        AND value IS NOT NULL
),
last_year AS (
    SELECT
        document_id AS last_id, replace(indicator, '_change', '_last_year') AS indicator,
        sum(value) AS value, string_agg(raw, ' + ' ORDER BY text_start) AS raw,
        min(text_start) AS text_start, max(text_end) AS text_end
    FROM body_cells
    SEMI JOIN pairs ON last_id = body_cells.document_id
    WHERE table_no = 2 AND form = 'form-2019' AND value IS NOT NULL AND (
        indicator LIKE '%\_items\_last\_year' ESCAPE '\' OR indicator LIKE '%\_items\_change' ESCAPE '\'
    )
    GROUP BY ALL
    HAVING count(*) = 2
)
SELECT
    t.document_id, t.indicator, same(t.value, l.value) AS passed,
    number(l.value) AS expected, number(t.value) AS actual,
    label_zh AS about_zh, label_en AS about_en,
    t.last_id AS expected_document_id,
    l.raw AS expected_evidence, l.text_start AS expected_start, l.text_end AS expected_end,
    t.raw AS actual_evidence, t.text_start AS actual_start, t.text_end AS actual_end
FROM this_year t
JOIN last_year l USING (last_id, indicator)
LEFT JOIN indicators i USING (indicator)

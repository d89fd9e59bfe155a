-- rule: table3_applicants
-- category: arithmetic
-- severity: error
-- asks_zh: 表三各行：自然人与五类法人或其他组织之和＝总计
-- asks_en: Table 3, each row: natural persons and the five kinds of organisations add up to the total
-- basis: 国办公开办函〔2019〕60号、〔2021〕30号，表三“总计”栏
-- message_zh: 表三“{about}”行：各类申请人之和为{expected}，总计为{actual}
-- message_en: Table 3, row {about}: the applicants add up to {expected}, the total says {actual}
WITH sums AS (
    SELECT
        document_id, form, indicator,
        sum(value) FILTER (member IS NOT NULL) AS added,
        count(*) FILTER (member IS NOT NULL) AS cells,
        count(value) FILTER (member IS NOT NULL) AS numbers,
        min(value) FILTER (member IS NULL) AS total,
        string_agg(raw, ' + ' ORDER BY text_start) FILTER (member IS NOT NULL AND value <> 0) AS parts_raw,
        min(text_start) FILTER (member IS NOT NULL) AS parts_start,
        max(text_end) FILTER (member IS NOT NULL) AS parts_end,
        min(raw) FILTER (member IS NULL) AS total_raw,
        min(text_start) FILTER (member IS NULL) AS total_start,
        min(text_end) FILTER (member IS NULL) AS total_end
    FROM scope_cells
    WHERE table_no = 3 AND form IN ('form-2019', 'form-2021') AND indicator IS NOT NULL
    GROUP BY document_id, form, indicator
)
SELECT
    document_id, indicator, same(added, total) AS passed,
    CASE WHEN numbers < 6 AND added < total THEN 'warning' END AS severity,
    number(added) AS expected, number(total) AS actual,
    label_zh AS about_zh, label_en AS about_en,
    coalesce(parts_raw, '0') AS expected_evidence, parts_start AS expected_start, parts_end AS expected_end,
    total_raw AS actual_evidence, total_start AS actual_start, total_end AS actual_end
FROM sums
LEFT JOIN indicators USING (indicator)
WHERE added IS NOT NULL AND total IS NOT NULL AND cells <= 6  -- not a form printed twice

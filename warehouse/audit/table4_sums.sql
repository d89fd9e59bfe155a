-- rule: table4_sums
-- category: arithmetic
-- severity: error
-- asks_zh: 表四：结果维持＋结果纠正＋其他结果＋尚未审结＝总计（行政复议、未经复议直接起诉、复议后起诉）
-- asks_en: Table 4: upheld + corrected + other + pending = total, of reconsiderations and of both kinds of lawsuits
-- basis: 国办公开办函〔2019〕60号、〔2021〕30号，表四
-- message_zh: 表四“{about}”：各项之和为{expected}，总计为{actual}
-- message_en: Table 4, {about}: the results add up to {expected}, the total says {actual}
WITH cells AS (
    SELECT
        *,
        coalesce(relation[5:], indicator) AS total_of,
        relation IS NOT NULL AS is_part
    FROM scope_cells
    LEFT JOIN (SELECT indicator, relation FROM indicators WHERE relation LIKE 'sum:%') USING (indicator)
    WHERE table_no = 4 AND form IN ('form-2019', 'form-2021') AND indicator IS NOT NULL
),
sums AS (
    SELECT
        document_id, form, total_of AS indicator,
        sum(value) FILTER (is_part) AS added,
        count(*) FILTER (is_part) AS cells,
        count(value) FILTER (is_part) AS numbers,
        min(value) FILTER (NOT is_part) AS total,
        string_agg(raw, ' + ' ORDER BY text_start) FILTER (is_part AND value IS NOT NULL) AS parts_raw,
        min(text_start) FILTER (is_part) AS parts_start,
        max(text_end) FILTER (is_part) AS parts_end,
        min(raw) FILTER (NOT is_part) AS total_raw,
        min(text_start) FILTER (NOT is_part) AS total_start,
        min(text_end) FILTER (NOT is_part) AS total_end
    FROM cells
    GROUP BY document_id, form, total_of
)
SELECT
    document_id, indicator, same(added, total) AS passed,
    CASE WHEN numbers < 4 AND added < total THEN 'warning' END AS severity,
    number(added) AS expected, number(total) AS actual,
    label_zh AS about_zh, label_en AS about_en,
    parts_raw AS expected_evidence, parts_start AS expected_start, parts_end AS expected_end,
    total_raw AS actual_evidence, total_start AS actual_start, total_end AS actual_end
FROM sums
LEFT JOIN indicators USING (indicator)
WHERE added IS NOT NULL AND total IS NOT NULL AND cells <= 4  -- not a form printed twice

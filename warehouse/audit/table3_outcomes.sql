-- rule: table3_outcomes
-- category: arithmetic
-- severity: error
-- asks_zh: 表三各栏：各项办理结果之和＝总计
-- asks_en: Table 3, each column: the outcomes add up to their total
-- basis: 国办公开办函〔2019〕60号、〔2021〕30号，表三第三项（七）总计
-- message_zh: 表三“{about}”栏：各项办理结果之和为{expected}，总计为{actual}
-- message_en: Table 3, column {about}: the outcomes add up to {expected}, their total says {actual}
WITH sums AS (
    SELECT
        document_id, form, member, min(dimension) AS dimension,
        sum(value) FILTER (indicator <> 'outcome_total') AS added,
        count(*) FILTER (indicator <> 'outcome_total') AS cells,
        count(value) FILTER (indicator <> 'outcome_total') AS numbers,
        min(value) FILTER (indicator = 'outcome_total') AS total,
        string_agg(raw, ' + ' ORDER BY text_start) FILTER (indicator <> 'outcome_total' AND value <> 0) AS parts_raw,
        min(text_start) FILTER (indicator <> 'outcome_total') AS parts_start,
        max(text_end) FILTER (indicator <> 'outcome_total') AS parts_end,
        min(raw) FILTER (indicator = 'outcome_total') AS total_raw,
        min(text_start) FILTER (indicator = 'outcome_total') AS total_start,
        min(text_end) FILTER (indicator = 'outcome_total') AS total_end
    FROM scope_cells
    WHERE table_no = 3 AND form IN ('form-2019', 'form-2021') AND indicator LIKE 'outcome%'
    GROUP BY document_id, form, member
),
-- Items of the two forms: （六）其他处理 is one line in 2019 and three in 2021.
forms(form, items) AS (VALUES ('form-2019', 19), ('form-2021', 21))
SELECT
    document_id, 'outcome_total' AS indicator, dimension, member,
    same(added, total) AS passed,
    -- more than the total is wrong in any case; less may stand in a blank cell
    CASE WHEN numbers < items AND added < total THEN 'warning' END AS severity,
    number(added) AS expected, number(total) AS actual,
    member_zh(member) AS about_zh, coalesce(member, 'total') AS about_en,
    coalesce(parts_raw, '0') AS expected_evidence, parts_start AS expected_start, parts_end AS expected_end,
    total_raw AS actual_evidence, total_start AS actual_start, total_end AS actual_end
FROM sums
JOIN forms USING (form)
WHERE added IS NOT NULL AND total IS NOT NULL AND cells <= items  -- not a form printed twice

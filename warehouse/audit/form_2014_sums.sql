-- rule: form_2014_sums
-- category: arithmetic
-- severity: error
-- asks_zh: 2014年统计表：收到申请数、办结数、答复数、不同意公开答复数、行政复议数、行政诉讼数、工作人员数等于各分项之和
-- asks_en: Form of 2014: applications, conclusions, answers, denials, reconsiderations, lawsuits and staff equal the
--   sum of their items
-- basis: 2014年起的《政府信息公开情况统计表》各分项
-- message_zh: 统计表“{about}”：各分项之和为{expected}，总数为{actual}
-- message_en: Form of 2014, {about}: the items add up to {expected}, the total says {actual}
WITH relations AS (
    SELECT indicator, relation[5:] AS total_of
    FROM indicators
    WHERE relation LIKE 'sum:%' AND list_contains(string_split(forms, ' '), 'form-2014')
),
items AS (SELECT total_of AS indicator, count(*) AS items FROM relations GROUP BY ALL),
sums AS (
    SELECT
        c.document_id, t.total_of AS indicator,
        sum(c.value) AS added, count(*) AS cells, count(c.value) AS numbers,
        string_agg(c.raw, ' + ' ORDER BY c.text_start) FILTER (c.value IS NOT NULL) AS parts_raw,
        min(c.text_start) AS parts_start, max(c.text_end) AS parts_end
    FROM scope_cells c
    JOIN relations t USING (indicator)
    WHERE c.form = 'form-2014'
    GROUP BY ALL
)
SELECT
    document_id, indicator, same(s.added, c.value) AS passed,
    CASE WHEN numbers < items AND s.added < c.value THEN 'warning' END AS severity,
    number(s.added) AS expected, number(c.value) AS actual,
    label_zh AS about_zh, label_en AS about_en,
    parts_raw AS expected_evidence, parts_start AS expected_start, parts_end AS expected_end,
    c.raw AS actual_evidence, c.text_start AS actual_start, c.text_end AS actual_end
FROM sums s
JOIN scope_cells c USING (document_id, indicator)
JOIN items USING (indicator)
LEFT JOIN indicators USING (indicator)
WHERE c.form = 'form-2014' AND c.value IS NOT NULL AND s.added IS NOT NULL
    AND cells <= items  -- not a form printed twice

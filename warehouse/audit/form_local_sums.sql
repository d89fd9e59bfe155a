-- rule: form_local_sums
-- category: arithmetic
-- severity: error
-- asks_zh: 地方统计表：收到申请数、答复数等不小于、也不大于各分项之和
-- asks_en: Local forms: applications, answers and other totals equal the sum of their items
-- basis: 各省市政府信息公开情况统计表（2008—2018年）所印分项
-- message_zh: 统计表“{about}”：各分项之和为{expected}，总数为{actual}
-- message_en: Local form, {about}: the items add up to {expected}, the total says {actual}
WITH relations AS (
    SELECT indicator, relation[5:] AS total_of FROM indicators WHERE relation LIKE 'sum:%'
    UNION ALL
    VALUES
        ('applications_mail_fax', 'applications_received'), ('answers_other', 'applications_answered'),
        ('consultations_phone', 'consultations_total'), ('consultations_in_person', 'consultations_total'),
        ('consultations_online', 'consultations_total')
),
sums AS (
    SELECT
        c.document_id, t.total_of AS indicator,
        sum(c.value) AS added, count(*) AS cells, count(c.value) AS numbers,
        string_agg(c.raw, ' + ' ORDER BY c.text_start) FILTER (c.value IS NOT NULL) AS added_raw,
        min(c.text_start) AS added_start, max(c.text_end) AS added_end
    FROM scope_cells c
    JOIN relations t USING (indicator)
    WHERE c.form = 'form-local'
    GROUP BY ALL
),
totals AS (
    SELECT document_id, indicator, min(value) AS total, min(raw) AS raw,
        min(text_start) AS text_start, min(text_end) AS text_end
    FROM scope_cells
    WHERE form = 'form-local' AND value IS NOT NULL
    GROUP BY ALL
    HAVING count(*) = 1
)
SELECT
    document_id, indicator, same(added, total) AS passed,
    -- these forms print the items they choose: others may be missing, none can be too much
    CASE WHEN added < total THEN 'info' END AS severity,
    number(added) AS expected, number(total) AS actual,
    label_zh AS about_zh, label_en AS about_en,
    added_raw AS expected_evidence, added_start AS expected_start, added_end AS expected_end,
    t.raw AS actual_evidence, t.text_start AS actual_start, t.text_end AS actual_end
FROM sums s
JOIN totals t USING (document_id, indicator)
LEFT JOIN indicators USING (indicator)
WHERE cells > 1 AND added IS NOT NULL

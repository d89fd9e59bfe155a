-- rule: duplicate_report
-- category: duplication
-- severity: warning
-- asks_zh: 一个机关一个年度只有一份年度报告，文字不与另一份完全相同
-- asks_en: A body has one report a year, and no two reports are word for word the same
-- basis: 政府信息公开条例（2019年）第四十九条、（2007年）第三十一条：每年一份
-- message_zh: 与另一份报告重复（{about}）：{expected}
-- message_en: Another report is there ({about}): {expected}
WITH same_text AS (
    SELECT digest, count(*) AS copies, min(document_id) AS first, max(document_id) AS last
    FROM digests
    GROUP BY ALL
    HAVING count(*) > 1
),
rivals AS (
    SELECT agency_id, year, count(*) AS reports,
        arg_max(document_id, (is_primary, document_id)) AS chosen,
        arg_min(document_id, (is_primary, document_id)) AS other
    FROM reports
    WHERE agency_id IS NOT NULL AND year IS NOT NULL
    GROUP BY ALL
    HAVING count(*) > 1
),
judged AS (
    SELECT
        r.document_id,
        CASE WHEN s.first = r.document_id THEN s.last ELSE s.first END AS copy,
        CASE WHEN v.chosen = r.document_id THEN v.other ELSE v.chosen END AS rival
    FROM scope_reports r
    LEFT JOIN digests t USING (document_id)
    LEFT JOIN same_text s USING (digest)
    LEFT JOIN rivals v ON v.agency_id = r.agency_id AND v.year = r.year
)
SELECT
    j.document_id, j.copy IS NULL AND j.rival IS NULL AS passed,
    o.uri AS expected,
    CASE WHEN j.copy IS NOT NULL THEN '文字完全相同' ELSE '同一机关同一年度' END AS about_zh,
    CASE WHEN j.copy IS NOT NULL THEN 'word for word' ELSE 'of the same body and year' END AS about_en,
    coalesce(j.copy, j.rival) AS expected_document_id
FROM judged j
LEFT JOIN reports o ON o.document_id = coalesce(j.copy, j.rival)

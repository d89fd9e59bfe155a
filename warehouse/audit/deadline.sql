-- rule: deadline
-- category: timeliness
-- severity: error
-- asks_zh: 年度报告在法定期限内公布
-- asks_en: The report is published within the statutory deadline
-- basis: 政府信息公开条例（2007年）第三十一条：3月31日前；（2019年）第四十九条：县级以上人民政府部门1月31日前，
--   本级政府3月31日前
-- message_zh: 应于{expected}前公布，{about}为{actual}
-- message_en: Due by {expected}; {about} {actual}
WITH due AS (
    SELECT
        r.document_id, r.year, r.published_on, r.signed_on, d.severity,
        make_date(r.year + 1, d.month, d.day) AS due_on
    FROM scope_reports r
    JOIN deadlines d
        ON r.year BETWEEN d.year_from AND coalesce(d.year_to, 9999) AND d.body = reporting_body(r.agency_kind, r.agency_level)
),
-- The page's date is often that of a later migration: against a signature in time it counts only within the year
-- in which the report was due. A date before the year was over is a misprint or another document's.
dated AS (
    SELECT
        *,
        published_on IS NOT NULL AND year(published_on) > year AS has_published,
        signed_on IS NOT NULL AND year(signed_on) > year AS has_signed
    FROM due
),
judged AS (
    SELECT
        *,
        CASE
            WHEN has_published AND published_on <= due_on THEN published_on
            WHEN has_signed AND signed_on > due_on THEN least(signed_on, CASE WHEN has_published THEN published_on END)
            WHEN has_published AND (has_signed IS FALSE OR year(published_on) = year + 1) THEN published_on
        END AS decided_on
    FROM dated
)
SELECT
    document_id,
    decided_on <= due_on AS passed,
    -- a date years later and no signature: late, or brought over from an older site
    CASE WHEN year(decided_on) > year + 1 AND NOT has_signed THEN 'info'
         WHEN severity <> 'error' THEN severity END AS severity,
    due_on::VARCHAR AS expected, decided_on::VARCHAR AS actual,
    CASE WHEN decided_on = published_on THEN '公布日期' ELSE '落款日期' END AS about_zh,
    CASE WHEN decided_on = published_on THEN 'published' ELSE 'signed' END AS about_en
FROM judged
WHERE decided_on IS NOT NULL

-- rule: empty_section
-- category: completeness
-- severity: info
-- asks_zh: 各部分有内容，不空缺，不只写“无”
-- asks_en: No part is left empty or says only 无 (none)
-- basis: 国办公开办函〔2021〕30号：各部分应如实报告，不空项
-- message_zh: “{about}”部分空缺或只写“无”
-- message_en: The part {about} is empty or says only that there is none
WITH numbered AS (
    SELECT
        document_id, seq, level, heading, concept, heading_start, text_start, text_end,
        text_end - text_start AS length,
        lead(level) OVER (PARTITION BY document_id ORDER BY seq) AS next_level
    FROM scope_sections
),
-- Only the text of short ones is read.
short AS (
    SELECT document_id, seq, text
    FROM scope_sections
    WHERE level = 1 AND text_end - text_start <= 12
)
SELECT
    n.document_id,
    n.length > 12 OR coalesce(n.next_level, 1) > n.level
        OR NOT regexp_full_match(
            coalesce(s.text, ''),
            '[\s　]*((本年度?|目前|我[局委办镇街]|本[机单][关位])?(暂?无|没有)(其[他它])?(需要?报告的)?(事项|情况|内容)?)?[。．.\s　]*'
        ) AS passed,
    s.text AS actual, n.heading AS about_zh, n.heading AS about_en,
    s.text AS actual_evidence, n.text_start AS actual_start, n.text_end AS actual_end
FROM numbered n
LEFT JOIN short s USING (document_id, seq)
WHERE n.level = 1 AND n.concept IN (
    'overview', 'proactive', 'applications', 'remedies', 'problems_measures', 'problems', 'measures', 'other_matters',
    'fees'
)

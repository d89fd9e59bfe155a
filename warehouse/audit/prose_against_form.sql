-- rule: prose_against_form
-- category: consistency
-- severity: error
-- asks_zh: 正文所述数字与统计表一致
-- asks_en: The text states the same figures as the form
-- basis: 政府信息公开条例（2019年）第五十条、（2007年）第三十二条：年度报告内容真实一致
-- message_zh: “{about}”：表中为{expected}，正文为{actual}
-- message_en: {about}: the form says {expected}, the text {actual}
WITH said AS (
    SELECT * FROM scope_facts WHERE origin <> 'form'
),
-- Most cells of a form have nothing to be held against: only those are gathered that the text speaks of, and the
-- parts of its joint numbers.
asked AS (
    SELECT DISTINCT document_id, unnest([indicator] || coalesce(string_split(parts, ' '), [])) AS indicator
    FROM said
    LEFT JOIN indicators USING (indicator)
),
form AS (
    SELECT document_id, indicator, dimension, member, value, raw, text_start, text_end
    FROM scope_cells
    SEMI JOIN asked USING (document_id, indicator)
    WHERE value IS NOT NULL
),
-- A joint number of the text stands against the sum of its parts in the form, if all are there.
joint AS (
    SELECT indicator, unnest(string_split(parts, ' ')) AS part, len(string_split(parts, ' ')) AS parts
    FROM indicators
    WHERE parts IS NOT NULL
),
printed AS (
    SELECT document_id, indicator, dimension, member,
        min(value) AS value, count(DISTINCT value) AS values, min(raw) AS raw,
        min(text_start) AS text_start, max(text_end) AS text_end
    FROM form
    GROUP BY ALL
    UNION ALL
    SELECT document_id, j.indicator, NULL, NULL,
        sum(value), 1, string_agg(raw, ' + ' ORDER BY text_start), min(text_start), max(text_end)
    FROM form f
    JOIN joint j ON f.indicator = j.part
    WHERE member IS NULL
    GROUP BY document_id, j.indicator
    HAVING count(*) = min(parts) AND count(DISTINCT part) = min(parts)
),
compared AS (
    SELECT
        p.*, f.value AS said, f.evidence, f.evidence_start, f.evidence_end, f.origin,
        abs(f.value - p.value) <= 1e-6 + greatest(
            slack(f.evidence, f.value, f.unit, f.is_approximate), slack(p.raw, p.value, f.unit, false)
        ) AS agrees
    FROM said f
    JOIN printed p
        ON f.document_id = p.document_id AND f.indicator = p.indicator
        AND f.member IS NOT DISTINCT FROM p.member
    WHERE p.values = 1
),
judged AS (
    SELECT *, bool_or(agrees) OVER (PARTITION BY document_id, indicator, member) AS is_confirmed
    FROM compared
    -- the form's own joint cell, not the sum of its parts, where it has both
    QUALIFY row_number() OVER (PARTITION BY document_id, indicator, member, evidence_start ORDER BY agrees DESC, text_start, said) = 1
)
SELECT
    document_id, indicator, dimension, member,
    -- a text that gives several numbers of one thing has the form's among them, or contradicts it
    is_confirmed AS passed,
    number(value) AS expected, number(said) AS actual,
    label_zh || CASE WHEN member IS NULL THEN '' ELSE '（' || member_zh(member) || '）' END AS about_zh,
    label_en || CASE WHEN member IS NULL THEN '' ELSE ' (' || member || ')' END AS about_en,
    raw AS expected_evidence, text_start AS expected_start, text_end AS expected_end,
    evidence AS actual_evidence, evidence_start AS actual_start, evidence_end AS actual_end
FROM judged
LEFT JOIN indicators USING (indicator)

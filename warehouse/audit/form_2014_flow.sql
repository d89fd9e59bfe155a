-- rule: form_2014_flow
-- category: plausibility
-- severity: info
-- asks_zh: 2014年统计表：各渠道公开数、各方式回应数、收到、办结、答复数相互衔接
-- asks_en: Form of 2014: channels against disclosures, ways against responses; received, concluded, answered alike
-- basis: 2014年起的《政府信息公开情况统计表》；同一信息可在多个渠道公开，申请可跨年办结，故不等未必有误
-- message_zh: “{about}”为{actual}，相应各项为{expected}
-- message_en: {about} is {actual}, what corresponds to it {expected}
WITH relations(total, part) AS (
    VALUES
        ('proactive_total', 'proactive_gazette'), ('proactive_total', 'proactive_website'),
        ('proactive_total', 'proactive_weibo'), ('proactive_total', 'proactive_wechat'),
        ('proactive_total', 'proactive_other_channels'),
        ('responses_total', 'press_conferences'), ('responses_total', 'online_interviews'),
        ('responses_total', 'policy_interpretations'), ('responses_total', 'responses_weibo_wechat'),
        ('responses_total', 'responses_other_channels'),
        ('applications_concluded', 'applications_answered'), ('applications_received', 'applications_concluded')
),
needed AS (SELECT total, count(*) AS items FROM relations GROUP BY ALL),
cells AS (
    SELECT document_id, indicator, min(value) AS value, min(raw) AS raw,
        min(text_start) AS text_start, min(text_end) AS text_end
    FROM scope_cells
    WHERE form = 'form-2014' AND value IS NOT NULL
    GROUP BY ALL
),
sums AS (
    SELECT document_id, total, sum(value) AS added, count(*) AS cells,
        string_agg(raw, ' + ' ORDER BY text_start) AS raw, min(text_start) AS text_start, max(text_end) AS text_end
    FROM cells
    JOIN relations ON indicator = part
    GROUP BY document_id, total
)
SELECT
    c.document_id, c.indicator, -- one thing is published in several channels: they may count more than the total, not less
    same(s.added, c.value) OR (n.items > 1 AND s.added > c.value) AS passed,
    number(s.added) AS expected, number(c.value) AS actual, label_zh AS about_zh, label_en AS about_en,
    s.raw AS expected_evidence, s.text_start AS expected_start, s.text_end AS expected_end,
    c.raw AS actual_evidence, c.text_start AS actual_start, c.text_end AS actual_end
FROM sums s
JOIN needed n ON n.total = s.total AND n.items = s.cells
JOIN cells c ON c.document_id = s.document_id AND c.indicator = s.total
LEFT JOIN indicators i ON i.indicator = c.indicator

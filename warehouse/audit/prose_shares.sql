-- rule: prose_shares
-- category: arithmetic
-- severity: warning
-- asks_zh: 正文所述占比＝该项÷总数
-- asks_en: The shares that the text gives are those of its numbers
-- basis: 正文自身：所列数量、总数与占比；按所印小数位取整
-- message_zh: 正文“{about}”：占比应为{expected}%，所印为{actual}%
-- message_en: The text, {about}: the share is {expected} %, printed is {actual} %
WITH shares AS (
    SELECT document_id, total, unnest(parts) AS part
    FROM scope_lists
    WHERE shares > 0 AND total.value > 0
)
SELECT
    document_id, part.indicator AS indicator,
    -- one of the last digit printed: rounded or cut
    abs(100 * part.value / total.value - part.share)
        <= 1.01 * 10.0 ** -decimals(part.share_words, '[%％]')
            + 100 * slack(part.words, part.value, part.unit, part.about) / total.value
            + 100 * slack(total.words, total.value, total.unit, total.about) / total.value AS passed,
    round(100 * part.value / total.value, 2)::VARCHAR AS expected, number(part.share) AS actual,
    part.words AS about_zh, part.words AS about_en,
    total.words AS expected_evidence, total.start AS expected_start, total.stop AS expected_end,
    part.words || '，' || part.share_words AS actual_evidence, part.start AS actual_start, part.stop AS actual_end
FROM shares
WHERE part.share IS NOT NULL AND part.value <= total.value

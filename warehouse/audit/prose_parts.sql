-- rule: prose_parts
-- category: arithmetic
-- severity: error
-- asks_zh: 正文所列各项（类别、单位、渠道）之和＝总数
-- asks_en: The parts that the text lists (classes, units, channels) add up to their total
-- basis: 正文自身：所列各项与其总数；概数（余、多、约）与万、亿取整不计
-- message_zh: 正文“{about}”：各项之和为{expected}，总数为{actual}
-- message_en: The text, {about}: the parts add up to {expected}, the total says {actual}
WITH summed AS (
    SELECT
        *,
        -- a list may go on with other things, or begin with one: what counts is whether it adds up on the way
        list_transform(
            generate_series(2, len(parts)), lambda n: list_sum(list_transform(parts[1:n], lambda p: p.value))
        ) || list_transform(
            generate_series(2, len(parts) - 1), lambda n: list_sum(list_transform(parts[n:], lambda p: p.value))
        ) AS on_the_way,
        list_max(list_transform(parts, lambda p: p.value)) AS most,
        regexp_matches(parts[-1].subject, '^其[他它]') OR parts[-1].words LIKE '其他%' AS has_rest,
        list_sum(list_transform(parts, lambda p: p.share)) AS share
    FROM scope_lists
    WHERE len(parts) >= 2
),
judged AS (
    SELECT
        *,
        abs(added - total.value) <= room + 1e-6
            OR len(list_filter(on_the_way, lambda s: abs(s - total.value) < 1e-6)) > 0 AS holds,
        CASE
            -- one part too many may be a part of another part
            WHEN added > total.value THEN (is_introduced OR shares > 0 OR NOT is_led) AND (
                len(parts) < 4 OR classes >= 0.7 * len(parts) OR len(list_filter(parts, lambda p: same(p.value, added - total.value))) = 0
            )
            ELSE (is_introduced OR NOT is_led) AND (
                has_rest OR share BETWEEN 99 AND 101
                OR (added >= 0.9 * total.value AND (len(parts) >= 3 OR shares > 0))
            )
        END AS claims
    FROM summed
    WHERE most <= total.value
)
SELECT
    document_id, total.indicator AS indicator, holds AS passed,
    -- the same thing is published in several channels
    CASE WHEN channels * 2 >= len(parts) THEN 'info' END AS severity,
    number(added) AS expected, number(total.value) AS actual,
    total.words AS about_zh, total.words AS about_en,
    array_to_string(
        list_transform(
            list_filter(parts, lambda p, i: i = 1 OR p.start <> parts[i - 1].start), lambda p: p.words
        ), '；'
    ) AS expected_evidence,
    list_min(list_transform(parts, lambda p: p.start)) AS expected_start,
    list_max(list_transform(parts, lambda p: p.stop)) AS expected_end,
    total.words AS actual_evidence, total.start AS actual_start, total.stop AS actual_end
FROM judged
WHERE holds OR claims

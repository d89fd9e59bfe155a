-- Lists in the text: a total and the parts that follow it, as a temporary table `lists`, one row a list.
--
-- A list is a run of this year's figures in neighbouring clauses with one unit; shares (占25%) between them belong to
-- the part before. Its first figure is the total, unless it has a share of its own or a later figure is larger;
-- a list of classes without a total of its own stands for the disclosures of the year. What stands in brackets inside
-- another part is no part.
CREATE OR REPLACE TEMP TABLE lists AS
WITH placed AS (
    SELECT
        document_id, value, unit, is_approximate, subject, evidence, evidence_start, evidence_end, indicator,
        unit = '%' AS is_share,
        -- several figures may stand in one clause: each behind the words of its own subject
        evidence_start + strpos(evidence, right(coalesce(subject, ''), 4)) / 1e4 AS place
    FROM scope_figures
    WHERE scope IN ('this_year', 'share') AND (
        unit IN ('条', '件', '份', '篇', '次', '人次', '起', '宗', '则', '项', '人', '名', '期', '场', '批', '%')
    )
),
ordered AS (
    SELECT
        *,
        max(evidence_end) OVER earlier AS last_end,
        arg_max(evidence_start, (evidence_end, evidence_start)) OVER earlier AS last_start
    FROM placed
    WINDOW earlier AS (
        PARTITION BY document_id ORDER BY place, is_share, value DESC, evidence_end
        ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
    )
),
-- A part's share is the one printed right behind it.
with_shares AS (
    SELECT
        *,
        CASE WHEN lead(is_share) OVER following AND lead(evidence_start) OVER following <= evidence_end + 4
                AND regexp_matches(lead(evidence) OVER following, '占|比例|比重')
            THEN lead(value) OVER following END AS share,
        lead(evidence) OVER following AS share_words
    FROM ordered
    -- not what stands in brackets inside the clause of another figure
    WHERE NOT (coalesce(evidence_end < last_end AND evidence_start > last_start, false))
    WINDOW following AS (PARTITION BY document_id ORDER BY place, is_share, value DESC, evidence_end)
),
counted AS (
    SELECT
        *,
        regexp_matches(subject, '其中|分别|包括|分为') AS is_introduced,
        evidence_start - last_end AS gap,
        lag(unit) OVER run AS last_unit, lag(evidence_start) OVER run AS clause_before,
        lead(regexp_matches(subject, '其中|分别|包括|分为')) OVER run AS is_head
    FROM with_shares
    WHERE NOT is_share
    WINDOW run AS (PARTITION BY document_id ORDER BY place, value DESC, evidence_end)
),
runs AS (
    SELECT
        *,
        sum(CASE
            WHEN evidence_start = clause_before THEN 0
            WHEN coalesce(is_head, false) OR last_unit IS DISTINCT FROM unit THEN 1
            -- what was done with them, what is left, what comes besides is no part of them
            WHEN regexp_matches(evidence, '办结|尚有|另有|此外|另外|将于|结转|截至|^至') THEN 1
            WHEN gap <= CASE WHEN is_introduced THEN 40 ELSE 4 END THEN 0
            ELSE 1
        END) OVER (PARTITION BY document_id ORDER BY place, value DESC, evidence_end ROWS UNBOUNDED PRECEDING) AS run
    FROM counted
),
gathered AS (
    SELECT
        document_id, run,
        list(
            {
                'value': value, 'share': share, 'share_words': share_words, 'about': is_approximate,
                'words': evidence, 'subject': subject, 'unit': unit, 'indicator': indicator,
                'start': evidence_start, 'stop': evidence_end, 'is_introduced': is_introduced
            } ORDER BY place, value DESC, evidence_end
        ) AS figures,
        max(value) AS most
    -- a figure alone is no list; left out before, because an ordered list costs even where it has one element
    FROM (FROM runs QUALIFY count(*) OVER (PARTITION BY document_id, run) >= 2)
    GROUP BY ALL
),
-- The disclosures of the year, where the text gives one number of them.
disclosed AS (
    SELECT
        document_id,
        min({
            'value': value, 'share': NULL::DOUBLE, 'share_words': NULL::VARCHAR, 'about': is_approximate,
            'words': evidence, 'subject': NULL::VARCHAR, 'unit': unit, 'indicator': indicator,
            'start': evidence_start, 'stop': evidence_end, 'is_introduced': false
        }) AS total
    FROM scope_facts
    WHERE indicator = 'proactive_total' AND origin = 'narrative' AND dimension IS NULL
    GROUP BY ALL
    HAVING count(DISTINCT value) = 1
),
headed AS (
    SELECT
        g.document_id, run,
        CASE WHEN is_led THEN figures[1] ELSE d.total END AS total,
        CASE WHEN is_led THEN figures[2:] ELSE figures END AS parts,
        is_led
    FROM (
        SELECT *, figures[1].share IS NULL AND figures[1].value >= most AND figures[1].start < figures[2].start AS is_led
        FROM gathered
    ) g
    LEFT JOIN disclosed d USING (document_id)
)
SELECT
    document_id, total, parts, is_led,
    list_sum(list_transform(parts, lambda p: p.value)) AS added,
    parts[1].is_introduced OR total.words LIKE '%中' AS is_introduced,
    len(list_filter(parts, lambda p: p.share IS NOT NULL)) AS shares,
    list_sum(list_transform(parts, lambda p: slack(p.words, p.value, p.unit, p.about)))
        + slack(total.words, total.value, total.unit, total.about) AS room,
    len(list_filter(parts, lambda p: regexp_matches(p.subject, '类|信息$'))) AS classes,
    len(list_filter(
        parts, lambda p: regexp_matches(p.words, '网站|门户|微信|微博|公众号|客户端|公报|公开栏|报刊|电视|广播|媒体|平台|短信|屏')
    )) AS channels
FROM headed
WHERE total IS NOT NULL
    AND (is_led OR (
        total.unit = parts[1].unit AND len(parts) >= 4 AND parts[1].start > total.stop
        AND len(list_filter(parts, lambda p: regexp_matches(p.subject, '类|信息$'))) >= 0.7 * len(parts)
    ) OR (
        -- shares of the whole, by unit: 县直各单位303条，占71.3%
        total.unit = parts[1].unit AND parts[1].start > total.stop
        AND len(list_filter(parts, lambda p: p.share IS NOT NULL)) = len(parts)
    ));

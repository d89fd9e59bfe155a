-- rule: implausible_jump
-- category: plausibility
-- severity: warning
-- asks_zh: 各项指标与本机关历年及同类机关相比无异常跳变
-- asks_en: No figure leaps away from the body's own years and from its peers
-- basis: 稳健 z 值（中位数与绝对中位差，对数尺度），本机关历年与同级同类机关当年变化均超过6
-- message_zh: “{about}”为{actual}，历年中位数为{expected}
-- message_en: {about} is {actual}, the body's median is {expected}
WITH watched(indicator) AS (
    VALUES ('proactive_total'), ('proactive_website'), ('applications_received'), ('applications_answered'),
        ('outcome_total'), ('outcome_granted'), ('reconsiderations'), ('licensing_decisions'), ('penalty_decisions'),
        ('coercion_decisions'), ('normative_documents_in_force'), ('staff_total'), ('policy_interpretations')
),
-- The form's value before the text's, as in `headline`.
years AS (
    SELECT r.agency_id, r.document_id, r.year, r.agency_level, r.agency_kind, f.indicator,
        arg_min(
            f.value, (CASE f.origin WHEN 'form' THEN 1 WHEN 'narrative' THEN 2 ELSE 3 END, f.evidence_start, f.value)
        ) AS value
    FROM reports r
    JOIN facts f USING (document_id)
    JOIN watched USING (indicator)
    WHERE r.is_primary AND f.dimension IS NULL
    GROUP BY ALL
),
histories AS (
    SELECT agency_id, indicator, list(ln(1 + value)) AS logs, median(ln(1 + value)) AS middle, count(*) AS years
    FROM years
    GROUP BY ALL
    HAVING count(*) >= 4
),
measured AS (
    SELECT *, list_median(list_transform(logs, lambda x: abs(x - middle))) AS own_deviation
    FROM histories
),
-- A few years tell little about how much a figure usually moves: they weigh against what it does in other bodies, which
-- counts as much as ten years of the body's own.
spread AS (
    SELECT
        m.*, CASE WHEN bodies >= 5 THEN (years * own_deviation + 10 * typical) / (years + 10) ELSE own_deviation END
            AS deviation
    FROM measured m
    JOIN (
        SELECT indicator, median(own_deviation) AS typical, count(*) AS bodies FROM measured GROUP BY ALL
    ) USING (indicator)
),
-- How far a figure stands from its body's median; 0.3 (a third up or down) is common for any count.
placed AS (
    SELECT
        y.*, s.middle, ln(1 + y.value) - s.middle AS distance,
        abs(ln(1 + y.value) - s.middle) / greatest(1.4826 * s.deviation, 0.3) AS z_own
    FROM years y
    JOIN spread s USING (agency_id, indicator)
),
-- What the peers did in that year: a reform or a new form moves all of them.
peers AS (
    SELECT agency_level, year, indicator, median(distance) AS middle, mad(distance) AS deviation
    FROM placed
    GROUP BY ALL
),
judged AS (
    SELECT
        d.*, abs(d.distance - p.middle) / greatest(1.4826 * p.deviation, 0.3) AS z_peers
    FROM placed d
    JOIN peers p
        ON p.agency_level IS NOT DISTINCT FROM d.agency_level AND p.year = d.year AND p.indicator = d.indicator
)
SELECT
    j.document_id, j.indicator,
    -- a handful more or less is chance, whatever its logarithm says
    NOT (z_own > 6 AND z_peers > 6 AND abs(value - (exp(middle) - 1)) >= 20) AS passed,
    number(round(exp(middle) - 1)) AS expected, number(value) AS actual, label_zh AS about_zh, label_en AS about_en,
    (SELECT min(f.evidence) FROM scope_facts f WHERE f.document_id = j.document_id AND f.indicator = j.indicator
        AND f.dimension IS NULL AND f.value = j.value) AS actual_evidence
FROM judged j
SEMI JOIN scope USING (document_id)
LEFT JOIN indicators USING (indicator)

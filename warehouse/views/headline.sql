-- One row a report and indicator: the best of the values that the report states for the indicator itself
-- (no breakdown). Reports are joined before the grouping, and every column one filters by is a grouping key,
-- so that a filter on a body or a year reaches both tables before anything is counted.
WITH stated AS (
    SELECT
        r.document_id, r.agency, r.agency_id, r.year, r.region_code, r.title,
        f.indicator, f.value, f.origin, f.is_approximate,
        -- the order of preference, compared field by field
        {
            'origin': CASE f.origin WHEN 'form' THEN 1 WHEN 'narrative' THEN 2 ELSE 3 END,
            'doubt': 1 - coalesce(f.confidence, 0),
            'place': f.evidence_start,
            'value': f.value
        } AS preference,
        {
            'value': f.value, 'unit': f.unit, 'is_approximate': f.is_approximate, 'origin': f.origin,
            'evidence': f.evidence, 'evidence_start': f.evidence_start, 'evidence_end': f.evidence_end,
            'confidence': f.confidence
        } AS fact
    FROM reports r
    JOIN facts f USING (document_id)
    WHERE f.dimension IS NULL
),
chosen AS (
    SELECT
        document_id, agency, agency_id, year, region_code, title, indicator,
        arg_min(fact, preference) AS best,
        list({'origin': origin, 'value': value, 'is_approximate': is_approximate}) AS stated
    FROM stated
    GROUP BY ALL
)
SELECT
    c.document_id, c.agency, c.agency_id, c.year, c.region_code, c.title, c.indicator, i.label_zh,
    best.value AS value, best.unit AS unit, best.is_approximate AS is_approximate, best.origin AS origin,
    best.evidence AS evidence, best.evidence_start AS evidence_start, best.evidence_end AS evidence_end,
    best.confidence AS confidence,
    -- 余 and 约 round to a leading digit or two: approximate values within a tenth agree
    len(list_filter(stated, lambda s: s.origin <> best.origin AND abs(s.value - best.value)
        > CASE WHEN s.is_approximate OR best.is_approximate
               THEN 0.1 * greatest(abs(s.value), abs(best.value)) ELSE 1e-9 END)) > 0 AS has_conflict,
    list_sort(list_distinct(list_filter(list_transform(stated, lambda s: s.value),
        lambda v: v <> best.value))) AS other_values
FROM chosen c
LEFT JOIN indicators i USING (indicator)

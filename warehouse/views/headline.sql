-- One row a report and indicator: the best of the values that the report states for the indicator itself
-- (no breakdown). Reports are joined before the grouping, and every column one filters by is a grouping key,
-- so that a filter on a body or a year reaches both tables before anything is counted.
WITH stated AS (
    SELECT
        r.document_id, r.agency, r.agency_id, r.year, r.region_code, r.title, f.indicator,
        -- the order of preference, compared field by field
        arg_min(
            {
                'value': f.value, 'unit': f.unit, 'is_approximate': f.is_approximate, 'origin': f.origin,
                'evidence': f.evidence, 'evidence_start': f.evidence_start, 'evidence_end': f.evidence_end,
                'confidence': f.confidence
            },
            {
                'origin': CASE f.origin WHEN 'form' THEN 1 WHEN 'narrative' THEN 2 ELSE 3 END,
                'doubt': 1 - coalesce(f.confidence, 0),
                'place': f.evidence_start,
                'value': f.value
            }
        ) AS best,
        list(f.value) AS all_values,
        min(f.value) AS least,
        max(f.value) AS most,
        min(f.value) FILTER (f.origin <> 'form') AS least_beside_form,
        max(f.value) FILTER (f.origin <> 'form') AS most_beside_form,
        min(f.value) FILTER (f.origin = 'statement') AS least_in_statements,
        max(f.value) FILTER (f.origin = 'statement') AS most_in_statements,
        bool_or(coalesce(f.is_approximate, false)) AS some_approximate
    FROM reports r
    JOIN facts f USING (document_id)
    WHERE f.dimension IS NULL
    GROUP BY ALL
),
compared AS (
    SELECT
        *,
        CASE best.origin WHEN 'form' THEN least_beside_form ELSE least_in_statements END AS least_elsewhere,
        CASE best.origin WHEN 'form' THEN most_beside_form ELSE most_in_statements END AS most_elsewhere,
        -- 余 and 约 round to a leading digit or two: approximate values within a tenth agree
        CASE WHEN some_approximate THEN 0.1 * greatest(abs(least), abs(most)) ELSE 1e-9 END AS tolerance
    FROM stated
)
SELECT
    c.document_id, c.agency, c.agency_id, c.year, c.region_code, c.title, c.indicator, i.label_zh,
    best.value AS value, best.unit AS unit, best.is_approximate AS is_approximate, best.origin AS origin,
    best.evidence AS evidence, best.evidence_start AS evidence_start, best.evidence_end AS evidence_end,
    best.confidence AS confidence,
    best.origin <> 'statement' AND coalesce(
        greatest(abs(least_elsewhere - best.value), abs(most_elsewhere - best.value)) > tolerance, false
    ) AS has_conflict,
    CASE WHEN least = most THEN []::DOUBLE[]
         ELSE list_sort(list_distinct(list_filter(all_values, lambda v: v <> best.value)))
    END AS other_values
FROM compared c
LEFT JOIN indicators i USING (indicator)

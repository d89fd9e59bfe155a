-- One row a body, year and concept: the best value that the body's primary report of the year states.
WITH stated AS (
    SELECT
        r.agency_id, r.agency, r.region_code, r.year, r.form, r.document_id,
        coalesce(i.harmonised, f.indicator) AS indicator,
        {
            'origin': CASE f.origin WHEN 'form' THEN 1 WHEN 'narrative' THEN 2 ELSE 3 END,
            -- of two codes of one concept, the concept's own first
            'code': CASE WHEN f.indicator = coalesce(i.harmonised, f.indicator) THEN 0 ELSE 1 END,
            'doubt': 1 - coalesce(f.confidence, 0),
            'place': f.evidence_start,
            'value': f.value
        } AS preference,
        {'value': f.value, 'unit': f.unit, 'origin': f.origin} AS fact
    FROM reports r
    JOIN facts f USING (document_id)
    LEFT JOIN indicators i ON i.indicator = f.indicator
    WHERE f.dimension IS NULL AND r.is_primary
),
chosen AS (
    SELECT agency_id, agency, region_code, year, form, document_id, indicator, arg_min(fact, preference) AS best
    FROM stated
    GROUP BY ALL
)
SELECT
    agency_id, agency, region_code, year, indicator,
    best.value AS value, best.unit AS unit, best.origin AS origin, form, document_id
FROM chosen

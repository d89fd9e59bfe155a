-- One row a body, year and concept: the best value that the body's primary report of the year states for the
-- concept; where none does, the sum of the concept's parts, if every part is stated.
WITH meaning AS (
    SELECT indicator, harmonised AS concept, 0 AS parts FROM indicators
    UNION ALL
    SELECT unnest(string_split(parts, ' ')), indicator, len(string_split(parts, ' ')) FROM indicators
    WHERE parts IS NOT NULL
),
best AS (
    SELECT
        r.agency_id, r.agency, r.region_code, r.year, r.form, r.document_id,
        coalesce(m.concept, f.indicator) AS concept, coalesce(m.parts, 0) AS parts,
        f.indicator,
        -- form before narrative before statement, certain before doubtful, first before later
        arg_min(
            {'value': f.value, 'unit': f.unit, 'origin': f.origin},
            {
                'origin': CASE f.origin WHEN 'form' THEN 1 WHEN 'narrative' THEN 2 ELSE 3 END,
                'doubt': 1 - coalesce(f.confidence, 0),
                'place': f.evidence_start,
                'value': f.value
            }
        ) AS fact
    FROM reports r
    JOIN facts f USING (document_id)
    LEFT JOIN meaning m USING (indicator)
    WHERE f.dimension IS NULL AND r.is_primary
    GROUP BY ALL
),
settled AS (
    SELECT
        agency_id, agency, region_code, year, form, document_id, concept,
        -- of two codes of one concept the better origin counts, then the concept's own code
        arg_min(fact, {
            'origin': CASE fact.origin WHEN 'form' THEN 1 WHEN 'narrative' THEN 2 ELSE 3 END,
            'code': CASE WHEN indicator = concept THEN '' ELSE indicator END
        }) FILTER (parts = 0) AS stated,
        sum(fact.value) FILTER (parts > 0) AS total,
        min(fact.unit) FILTER (parts > 0) AS unit,
        count(*) FILTER (parts > 0) AS parts_stated,
        max(parts) AS parts
    FROM best
    GROUP BY ALL
)
SELECT
    agency_id, agency, region_code, year, concept AS indicator,
    coalesce(stated.value, total) AS value,
    coalesce(stated.unit, unit) AS unit,
    coalesce(stated.origin, 'sum') AS origin,
    form, document_id
FROM settled
WHERE stated IS NOT NULL OR parts_stated = parts

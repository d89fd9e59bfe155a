-- One row a body, year and concept: the best value that the body's primary report of the year states for the
-- concept; where none does, the sum of the concept's parts, if every part is stated. LATERAL as in `headline`; the
-- inner join lets a filter on the concept choose the indicators whose facts are read (`indicators` has them all).
WITH meaning AS (
    SELECT indicator, harmonised AS concept, 0 AS parts FROM indicators
    UNION ALL
    SELECT unnest(string_split(parts, ' ')), indicator, len(string_split(parts, ' ')) FROM indicators
    WHERE parts IS NOT NULL
)
SELECT
    r.agency_id, r.agency, r.region_code, r.year, s.concept AS indicator,
    coalesce(s.stated.value, s.total) AS value,
    coalesce(s.stated.unit, s.unit) AS unit,
    coalesce(s.stated.origin, 'sum') AS origin,
    r.form, r.document_id
FROM reports r,
LATERAL (
    SELECT
        concept,
        -- of two codes of one concept the better origin counts, then the concept's own code
        arg_min(fact, {
            'origin': CASE fact.origin WHEN 'form' THEN 1 WHEN 'narrative' THEN 2 ELSE 3 END,
            'code': CASE WHEN indicator = concept THEN '' ELSE indicator END
        }) FILTER (parts = 0) AS stated,
        sum(fact.value) FILTER (parts > 0) AS total,
        min(fact.unit) FILTER (parts > 0) AS unit,
        count(*) FILTER (parts > 0) AS parts_stated,
        max(parts) AS parts
    FROM (
        SELECT
            indicator,
            -- form before narrative before statement, certain before doubtful, first before later
            arg_min(
                {'value': value, 'unit': unit, 'origin': origin},
                {
                    'origin': CASE origin WHEN 'form' THEN 1 WHEN 'narrative' THEN 2 ELSE 3 END,
                    'doubt': 1 - coalesce(confidence, 0),
                    'place': evidence_start,
                    'value': value
                }
            ) AS fact
        FROM facts
        WHERE facts.document_id = r.document_id AND dimension IS NULL
        GROUP BY indicator
    )
    JOIN meaning USING (indicator)
    GROUP BY concept
) s
WHERE r.is_primary AND (s.stated IS NOT NULL OR s.parts_stated = s.parts)

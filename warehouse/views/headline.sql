-- One row a report and indicator: the best of the values that the report states for the indicator itself
-- (no breakdown). LATERAL, so that a filter on the report (body, year, region) chooses the documents whose facts
-- are read at all, while facts are grouped by no more than document and indicator. What is asked for most and the
-- evidence are chosen apart by the same order: whoever asks for values alone has no evidence read.
SELECT
    r.document_id, r.agency, r.agency_id, r.year, r.region_code, r.title, s.indicator, i.label_zh,
    best.value AS value, best.unit AS unit, best.is_approximate AS is_approximate, best.origin AS origin,
    words.evidence AS evidence, words.evidence_start AS evidence_start, words.evidence_end AS evidence_end,
    words.confidence AS confidence,
    best.origin <> 'statement' AND coalesce(
        greatest(abs(least_elsewhere - best.value), abs(most_elsewhere - best.value)) > tolerance, false
    ) AS has_conflict,
    CASE WHEN least = most THEN []::DOUBLE[]
         ELSE list_sort(list_distinct(list_filter(all_values, lambda v: v <> best.value)))
    END AS other_values
FROM reports r,
LATERAL (
    SELECT
        *,
        CASE best.origin WHEN 'form' THEN least_beside_form ELSE least_in_statements END AS least_elsewhere,
        CASE best.origin WHEN 'form' THEN most_beside_form ELSE most_in_statements END AS most_elsewhere,
        -- 余 and 约 round to a leading digit or two: approximate values within a tenth agree
        CASE WHEN some_approximate THEN 0.1 * greatest(abs(least), abs(most)) ELSE 1e-9 END AS tolerance
    FROM (
        SELECT
            indicator,
            arg_min(
                {'value': value, 'unit': unit, 'is_approximate': is_approximate, 'origin': origin}, preference
            ) AS best,
            arg_min(
                {
                    'evidence': evidence, 'evidence_start': evidence_start, 'evidence_end': evidence_end,
                    'confidence': confidence
                },
                preference
            ) AS words,
            list(value) AS all_values,
            min(value) AS least,
            max(value) AS most,
            min(value) FILTER (origin <> 'form') AS least_beside_form,
            max(value) FILTER (origin <> 'form') AS most_beside_form,
            min(value) FILTER (origin = 'statement') AS least_in_statements,
            max(value) FILTER (origin = 'statement') AS most_in_statements,
            bool_or(coalesce(is_approximate, false)) AS some_approximate
        FROM (
            SELECT
                *,
                -- compared field by field
                {
                    'origin': CASE origin WHEN 'form' THEN 1 WHEN 'narrative' THEN 2 ELSE 3 END,
                    'doubt': 1 - coalesce(confidence, 0),
                    'place': evidence_start,
                    'value': value
                } AS preference
            FROM facts
            WHERE facts.document_id = r.document_id AND dimension IS NULL
        )
        GROUP BY indicator
    )
) s
LEFT JOIN indicators i USING (indicator)

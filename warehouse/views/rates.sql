-- One row a body and year: the rates of warehouse/macros/rates.sql over the concepts of `panel`.
WITH wide AS (
    SELECT
        agency_id, agency, region_code, year, form, document_id,
        any_value(value) FILTER (indicator = 'applications_received') AS received,
        any_value(value) FILTER (indicator = 'applications_online') AS online,
        any_value(value) FILTER (indicator = 'outcome_total') AS outcomes,
        any_value(value) FILTER (indicator = 'outcome_granted') AS granted,
        any_value(value) FILTER (indicator = 'outcome_partially_granted') AS partially_granted,
        any_value(value) FILTER (indicator = 'outcome_denied') AS denied,
        any_value(value) FILTER (indicator = 'reconsiderations') AS reconsiderations,
        any_value(value) FILTER (indicator = 'reconsiderations_corrected') AS reconsiderations_corrected,
        any_value(value) FILTER (indicator = 'reconsiderations_upheld') AS reconsiderations_upheld,
        any_value(value) FILTER (indicator = 'reconsiderations_other') AS reconsiderations_other,
        any_value(value) FILTER (indicator = 'lawsuits') AS lawsuits,
        any_value(value) FILTER (indicator = 'lawsuits_corrected') AS lawsuits_corrected,
        any_value(value) FILTER (indicator = 'lawsuits_upheld') AS lawsuits_upheld,
        any_value(value) FILTER (indicator = 'lawsuits_other') AS lawsuits_other
    FROM panel
    GROUP BY ALL
)
SELECT
    agency_id, agency, region_code, year, form, document_id, received, outcomes,
    granted_share(granted, partially_granted, outcomes) AS granted_share,
    denied_share(denied, outcomes) AS denied_share,
    online_share(online, received) AS online_share,
    reconsideration_rate(reconsiderations, outcomes) AS reconsideration_rate,
    litigation_rate(lawsuits, outcomes) AS litigation_rate,
    correction_rate(reconsiderations_corrected, reconsiderations_upheld, reconsiderations_other)
        AS reconsiderations_corrected_share,
    correction_rate(lawsuits_corrected, lawsuits_upheld, lawsuits_other) AS lawsuits_corrected_share
FROM wide

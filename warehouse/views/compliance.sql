-- One row a primary report: what the audit's checks say of its timeliness, completeness and arithmetic.
WITH by_rule AS (
    SELECT
        document_id, rule, any_value(tested) AS tested,
        count(*) FILTER (NOT passed) AS found,
        count(*) FILTER (NOT passed AND severity = 'error') AS errors,
        min(actual) FILTER (NOT passed) AS actual, min(expected) FILTER (NOT passed) AS expected
    FROM checks
    WHERE stage = 'audit'
    GROUP BY ALL
),
judged AS (
    SELECT
        document_id,
        coalesce(sum(tested) FILTER (category = 'arithmetic'), 0)::INTEGER AS sums_tested,
        coalesce(sum(errors) FILTER (category = 'arithmetic'), 0)::INTEGER AS sums_broken,
        coalesce(sum(errors) FILTER (category = 'consistency'), 0)::INTEGER AS contradictions,
        coalesce(sum(found) FILTER (rule = 'sections_present'), 0)::INTEGER AS sections_missing,
        coalesce(sum(found) FILTER (rule = 'empty_section'), 0)::INTEGER AS sections_empty,
        coalesce(any_value(try_cast(actual AS INTEGER)) FILTER (rule = 'blank_cells'), 0) AS cells_blank,
        any_value(found = 0) FILTER (rule = 'form_of_year') AS has_form_of_year,
        coalesce(bool_or(found > 0) FILTER (rule = 'duplicate_report'), false) AS has_duplicate,
        any_value(found = 0) FILTER (rule = 'deadline') AS is_on_time,
        any_value(try_cast(expected AS DATE)) FILTER (rule = 'deadline') AS due_on,
        any_value(try_cast(actual AS DATE)) FILTER (rule = 'deadline') AS late_on
    FROM by_rule
    JOIN rules USING (rule)
    GROUP BY ALL
)
SELECT
    r.agency_id, r.agency, r.region_code, r.agency_level, r.agency_kind, r.year, r.form,
    coalesce(r.published_on, r.signed_on) AS dated_on,
    j.is_on_time, coalesce(date_diff('day', j.due_on, j.late_on), CASE WHEN j.is_on_time THEN 0 END)::INTEGER AS days_late,
    j.sections_missing, j.sections_empty, j.cells_blank, j.has_form_of_year,
    j.sums_tested, j.sums_broken, j.contradictions, j.has_duplicate, r.document_id
FROM reports r
JOIN judged j USING (document_id)
WHERE r.is_primary

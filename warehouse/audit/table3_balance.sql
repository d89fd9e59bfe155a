-- rule: table3_balance
-- category: arithmetic
-- severity: error
-- asks_zh: 表三各栏：本年新收＋上年结转＝办理结果总计＋结转下年度
-- asks_en: Table 3, each column: received + carried over = outcomes in total + carried forward
-- basis: 国办公开办函〔2019〕60号、〔2021〕30号，表三：第一项加第二项之和，等于第三项加第四项之和
-- message_zh: 表三“{about}”栏不平：新收加上年结转为{expected}，总计加结转下年度为{actual}
-- message_en: Table 3, column {about}, does not balance: received and carried over make {expected}, outcomes and
--   carried forward {actual}
WITH columns AS (
    SELECT
        document_id, form, member, min(dimension) AS dimension,
        min(value) FILTER (indicator = 'applications_received') AS received,
        min(value) FILTER (indicator = 'applications_carried_over') AS carried_over,
        min(value) FILTER (indicator = 'outcome_total') AS outcomes,
        min(value) FILTER (indicator = 'applications_carried_forward') AS carried_forward,
        count(value) AS numbers,
        min(raw) FILTER (indicator = 'applications_received') AS received_raw,
        min(raw) FILTER (indicator = 'applications_carried_over') AS carried_over_raw,
        min(raw) FILTER (indicator = 'outcome_total') AS outcomes_raw,
        min(raw) FILTER (indicator = 'applications_carried_forward') AS carried_forward_raw,
        min(text_start) FILTER (indicator IN ('applications_received', 'applications_carried_over')) AS in_start,
        max(text_end) FILTER (indicator IN ('applications_received', 'applications_carried_over')) AS in_end,
        min(text_start) FILTER (indicator IN ('outcome_total', 'applications_carried_forward')) AS out_start,
        max(text_end) FILTER (indicator IN ('outcome_total', 'applications_carried_forward')) AS out_end
    FROM scope_cells
    WHERE table_no = 3 AND form IN ('form-2019', 'form-2021') AND indicator IN (
        'applications_received', 'applications_carried_over', 'outcome_total', 'applications_carried_forward'
    )
    GROUP BY document_id, form, member
    HAVING count(*) <= 4  -- a form printed twice is no matter of sums
)
SELECT
    document_id, 'applications_received' AS indicator, dimension, member,
    same(coalesce(received, 0) + coalesce(carried_over, 0), coalesce(outcomes, 0) + coalesce(carried_forward, 0))
        AS passed,
    -- a blank cell may hide what is missing
    CASE WHEN numbers < 4 THEN 'warning' END AS severity,
    number(coalesce(received, 0) + coalesce(carried_over, 0)) AS expected,
    number(coalesce(outcomes, 0) + coalesce(carried_forward, 0)) AS actual,
    member_zh(member) AS about_zh, coalesce(member, 'total') AS about_en,
    printed(received_raw) || ' + ' || printed(carried_over_raw) AS expected_evidence,
    in_start AS expected_start, in_end AS expected_end,
    printed(outcomes_raw) || ' + ' || printed(carried_forward_raw) AS actual_evidence,
    out_start AS actual_start, out_end AS actual_end
FROM columns
WHERE received IS NOT NULL AND outcomes IS NOT NULL

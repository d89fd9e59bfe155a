-- rule: fee_explained
-- category: completeness
-- severity: warning
-- asks_zh: 收取信息处理费的，在第六部分“其他需要报告的事项”中说明
-- asks_en: Fees that were charged are explained in section six
-- basis: 政府信息公开信息处理费管理办法（国办函〔2020〕109号）；国办公开办函〔2021〕30号，第六部分
-- message_zh: 收取或通知收取费用（{about}：{actual}），第六部分未作说明
-- message_en: Fees were charged or asked for ({about}: {actual}), but section six does not speak of them
WITH charged AS (
    SELECT f.document_id, f.indicator, f.value, f.unit, f.evidence, f.evidence_start, f.evidence_end
    FROM scope_facts f
    JOIN scope_reports r USING (document_id)
    -- the rules on the fee are in force since 2021
    WHERE r.year >= 2021 AND f.value > 0 AND f.dimension IS NULL
        AND f.indicator IN ('application_fees', 'outcome_other_fee_unpaid')
    QUALIFY row_number() OVER (PARTITION BY f.document_id ORDER BY f.indicator, f.evidence_start) = 1
),
sixth AS (
    SELECT document_id, bool_or(regexp_matches(text, '收费|信息处理费|费用')) AS speaks
    FROM scope_sections
    SEMI JOIN charged USING (document_id)
    WHERE concept IN ('other_matters', 'fees')
    GROUP BY ALL
)
SELECT
    c.document_id, coalesce(s.speaks, false) AS passed, c.indicator,
    number(c.value) || c.unit AS actual, label_zh AS about_zh, label_en AS about_en,
    c.evidence AS actual_evidence, c.evidence_start AS actual_start, c.evidence_end AS actual_end
FROM charged c
LEFT JOIN sixth s USING (document_id)
LEFT JOIN indicators USING (indicator)

-- rule: sections_present
-- category: completeness
-- severity: warning
-- asks_zh: 年度报告包括法定的各部分
-- asks_en: The report has all parts that the law asks for
-- basis: 政府信息公开条例（2019年）第五十条及国办公开办函〔2019〕60号、〔2021〕30号：六部分；（2007年）第三十二条
-- message_zh: 缺少法定内容：{about}
-- message_en: A part that the law asks for is missing: {about}
WITH required(law, concept, indicators, zh, en) AS (
    VALUES
        (2019, 'overview', NULL, '总体情况', 'overview'),
        (2019, 'proactive', NULL, '主动公开政府信息情况', 'disclosure on own initiative'),
        (2019, 'applications', NULL, '收到和处理政府信息公开申请情况', 'applications'),
        (2019, 'remedies', NULL, '政府信息公开行政复议、行政诉讼情况', 'reconsiderations and lawsuits'),
        (2019, 'problems_measures', NULL, '存在的主要问题及改进情况', 'problems and improvements'),
        (2019, 'other_matters', NULL, '其他需要报告的事项', 'other matters'),
        -- without the form's outline, what article 50 asks for; stated in a sentence it counts like a heading
        (2020, 'proactive', 'proactive', '主动公开政府信息情况', 'disclosure on own initiative'),
        (2020, 'applications', 'applications_received', '收到和处理政府信息公开申请情况', 'applications'),
        (2020, 'remedies', 'reconsiderations|lawsuits', '行政复议、行政诉讼情况', 'reconsiderations and lawsuits'),
        (2020, 'problems_measures', NULL, '存在的主要问题及改进情况', 'problems and improvements'),
        -- before, a sentence was enough: what the report states counts like a heading
        (2008, 'proactive', 'proactive', '主动公开政府信息的情况', 'disclosure on own initiative'),
        (2008, 'applications', 'applications_received', '依申请公开政府信息的情况', 'applications'),
        (2008, 'fees', 'application_fees', '收费及减免情况', 'fees'),
        (2008, 'remedies', 'reconsiderations|lawsuits', '行政复议、行政诉讼情况', 'reconsiderations and lawsuits'),
        (2008, 'problems_measures', NULL, '存在的主要问题及改进情况', 'problems and improvements')
),
reports_by_law AS (
    SELECT document_id, CASE
        WHEN form IN ('form-2019', 'form-2021') THEN 2019 WHEN year >= 2019 THEN 2020 ELSE 2008
    END AS law
    FROM scope_reports
    WHERE form IS NOT NULL
),
headed AS (
    SELECT DISTINCT document_id, unnest(
        CASE
            WHEN concept IN ('problems', 'measures') THEN [concept, 'problems_measures']
            ELSE [concept]
        END
    ) AS concept
    FROM scope_sections
    WHERE concept IS NOT NULL
),
stated AS (
    SELECT DISTINCT document_id, regexp_extract(indicator, '^(proactive|applications_received|application_fees|reconsiderations|lawsuits)') AS indicator
    FROM scope_facts
    WHERE dimension IS NULL
),
admitted AS (SELECT DISTINCT document_id FROM findings SEMI JOIN scope USING (document_id))
SELECT
    r.document_id,
    h.document_id IS NOT NULL OR bool_or(s.indicator IS NOT NULL)
        OR (q.concept = 'problems_measures' AND law <> 2019 AND bool_or(a.document_id IS NOT NULL)) AS passed,
    q.zh AS expected, q.zh AS about_zh, q.en AS about_en
FROM reports_by_law r
JOIN required q USING (law)
LEFT JOIN headed h ON h.document_id = r.document_id AND h.concept = q.concept
LEFT JOIN stated s
    ON s.document_id = r.document_id AND s.indicator <> '' AND list_contains(string_split(q.indicators, '|'), s.indicator)
LEFT JOIN admitted a ON a.document_id = r.document_id
GROUP BY r.document_id, h.document_id, q.concept, law, q.zh, q.en

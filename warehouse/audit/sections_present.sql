-- rule: sections_present
-- category: completeness
-- severity: warning
-- asks_zh: 年度报告包括法定的各部分
-- asks_en: The report has all parts that the law asks for
-- basis: 政府信息公开条例（2019年）第五十条及国办公开办函〔2019〕60号、〔2021〕30号：六部分；（2007年）第三十二条
-- message_zh: 缺少法定内容：{about}
-- message_en: A part that the law asks for is missing: {about}
WITH required(law, concept, zh, en) AS (
    VALUES
        (2019, 'overview', '总体情况', 'overview'),
        (2019, 'proactive', '主动公开政府信息情况', 'disclosure on own initiative'),
        (2019, 'applications', '收到和处理政府信息公开申请情况', 'applications'),
        (2019, 'remedies', '政府信息公开行政复议、行政诉讼情况', 'reconsiderations and lawsuits'),
        (2019, 'problems_measures', '存在的主要问题及改进情况', 'problems and improvements'),
        (2019, 'other_matters', '其他需要报告的事项', 'other matters'),
        -- without the form's outline, what article 50 asks for; stated in a sentence it counts like a heading
        (2020, 'proactive', '主动公开政府信息情况', 'disclosure on own initiative'),
        (2020, 'applications', '收到和处理政府信息公开申请情况', 'applications'),
        (2020, 'remedies', '行政复议、行政诉讼情况', 'reconsiderations and lawsuits'),
        (2020, 'problems_measures', '存在的主要问题及改进情况', 'problems and improvements'),
        -- before, a sentence was enough: what the report states counts like a heading
        (2008, 'proactive', '主动公开政府信息的情况', 'disclosure on own initiative'),
        (2008, 'applications', '依申请公开政府信息的情况', 'applications'),
        (2008, 'fees', '收费及减免情况', 'fees'),
        (2008, 'remedies', '行政复议、行政诉讼情况', 'reconsiderations and lawsuits'),
        (2008, 'problems_measures', '存在的主要问题及改进情况', 'problems and improvements')
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
-- What is said without a heading, looked for only where no outline is asked for.
stated AS (
    SELECT DISTINCT document_id, CASE
        WHEN indicator LIKE 'proactive%' THEN 'proactive'
        WHEN indicator = 'applications_received' THEN 'applications'
        WHEN indicator = 'application_fees' THEN 'fees'
        ELSE 'remedies'
    END AS concept
    FROM scope_facts
    SEMI JOIN (SELECT document_id FROM reports_by_law WHERE law <> 2019) USING (document_id)
    WHERE dimension IS NULL AND (
        indicator LIKE 'proactive%'
        OR indicator IN ('applications_received', 'application_fees', 'reconsiderations', 'lawsuits')
    )
    UNION
    SELECT document_id, 'problems_measures' FROM findings
    SEMI JOIN (SELECT document_id FROM reports_by_law WHERE law <> 2019) USING (document_id)
),
there AS (FROM headed UNION FROM stated)
SELECT
    r.document_id, t.document_id IS NOT NULL AS passed,
    q.zh AS expected, q.zh AS about_zh, q.en AS about_en
FROM reports_by_law r
JOIN required q USING (law)
LEFT JOIN there t ON t.document_id = r.document_id AND t.concept = q.concept

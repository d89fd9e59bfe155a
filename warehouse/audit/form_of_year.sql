-- rule: form_of_year
-- category: completeness
-- severity: info
-- asks_zh: 使用当年适用的报告格式
-- asks_en: The report uses the form that is in force for its year
-- basis: 国办公开办函〔2019〕60号（2019、2020年度）、〔2021〕30号（2021年度起）
-- message_zh: 应使用{expected}格式，实为{actual}
-- message_en: The form in force was {expected}, the report carries {actual}
SELECT
    document_id, form = asked AS passed, asked AS expected, form AS actual
FROM (SELECT *, CASE WHEN year >= 2021 THEN 'form-2021' WHEN year >= 2019 THEN 'form-2019' END AS asked FROM scope_reports)
WHERE asked IS NOT NULL AND form IS NOT NULL

-- rule: blank_cells
-- category: completeness
-- severity: warning
-- asks_zh: 法定表格各单元格均填数字，无数据的填“0”
-- asks_en: Every cell of a statutory form has a number, 0 where there is nothing to count
-- basis: 国办公开办函〔2019〕60号、〔2021〕30号，表二至表四；2014年起的统计表
-- message_zh: 法定表格有{actual}个空白单元格：{about}
-- message_en: {actual} cells of the statutory form are blank: {about}
WITH cells AS (
    SELECT
        document_id, count(*) FILTER (semantic = 'empty') AS blank,
        array_to_string(
            list(DISTINCT coalesce(label_zh, row_path) ORDER BY coalesce(label_zh, row_path))
                FILTER (semantic = 'empty')[1:5],
            '、'
        ) AS named,
        min(text_start) FILTER (semantic = 'empty') AS text_start,
        max(text_end) FILTER (semantic = 'empty') AS text_end
    FROM scope_cells
    LEFT JOIN indicators USING (indicator)
    WHERE form IN ('form-2014', 'form-2019', 'form-2021') AND indicator IS NOT NULL
    GROUP BY ALL
)
SELECT
    document_id, blank = 0 AS passed, '0' AS expected, blank::VARCHAR AS actual,
    named AS about_zh, named AS about_en, text_start AS actual_start, text_end AS actual_end
FROM cells

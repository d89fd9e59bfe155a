-- What of a section can have been copied: its clauses, without what the forms, the law and the calendar prescribe.
-- Temporary macros; they live as long as the connection.

-- Without lines of tables, cited titles, numbers, blanks and quotation marks. 我局 and 本镇 say the same, the body's own
-- name and places say nothing.
CREATE OR REPLACE TEMP MACRO own_words(words, agency, province, city, county) AS
    replace(replace(replace(replace(
        regexp_replace(
            regexp_replace(
                regexp_replace(words, '[^\n]*\t[^\n]*|《[^》]{1,80}》', '', 'g'),
                '(?:[0-9０-９]+[.,．，])*[0-9０-９]+|二[〇○零0][〇○零一二三四五六七八九]{2}|[ \r\x{a0}\x{3000}“”"‘’]+', '', 'g'
            ),
            '(?:我|本|全)(?:机关|单位|部门|系统|街道|局|委|办|院|厅|署|处|省|市|州|盟|区|县|旗|镇|乡)', '我', 'g'
        ),
        coalesce(agency, ''), ''), coalesce(county, ''), ''), coalesce(city, ''), ''), coalesce(province, ''), '');

-- The clauses between marks of punctuation; shorter ones say too little to be anybody's.
CREATE OR REPLACE TEMP MACRO clauses_of(words) AS
    list_filter(
        string_split_regex(words, '[，。；：！？,.;:!?()（）\[\]【】〔〕\n]+'), lambda clause: length(clause) >= 6
    );

CREATE OR REPLACE TEMP MACRO mark_of(clause) AS md5_number_lower(clause);

-- Words and numbers that several rules need. Temporary: they live as long as the audit's connection.

-- A number as people write it: no `.0` behind whole ones.
CREATE OR REPLACE TEMP MACRO number(x) AS
    CASE WHEN x = trunc(x) AND abs(x) < 1e15 THEN x::BIGINT::VARCHAR ELSE round(x, 6)::VARCHAR END;

CREATE OR REPLACE TEMP MACRO same(a, b) AS abs(a - b) < 1e-6;

-- The columns of table 3, as printed.
CREATE OR REPLACE TEMP MACRO member_zh(member) AS
    CASE member
        WHEN 'natural_person' THEN '自然人'
        WHEN 'business' THEN '商业企业'
        WHEN 'research' THEN '科研机构'
        WHEN 'public_interest' THEN '社会公益组织'
        WHEN 'legal_service' THEN '法律服务机构'
        WHEN 'other_organisation' THEN '其他'
        ELSE coalesce(member, '总计')
    END;

-- The digits behind the point of the number that stands before `mark`.
CREATE OR REPLACE TEMP MACRO decimals(words, mark) AS length(regexp_extract(words, '\.(\d+)\s*' || mark, 1));

-- How far a printed quantity may be from the truth: nothing for a plain number; half a unit of the last digit
-- where it is printed in 万 or 亿 or with decimals; a tenth for 余, 多, 约 and 近.
-- `words` is the evidence, `amount` the value in the indicator's unit, `unit` that unit.
CREATE OR REPLACE TEMP MACRO slack(words, amount, unit, about) AS
    greatest(
        CASE WHEN coalesce(about, false) THEN 0.1 * abs(amount) ELSE 0 END,
        CASE
            WHEN regexp_matches(words, '\d\s*亿') THEN 0.5 * 10.0 ** (8 - decimals(words, '亿'))
            WHEN regexp_matches(words, '\d\s*万') THEN 0.5 * 10.0 ** (4 - decimals(words, '万'))
            WHEN unit LIKE '万%' AND NOT regexp_matches(words, '元') THEN 1e4 * 0.5 * 10.0 ** -decimals(words, '')
            ELSE 0
        END / CASE WHEN unit LIKE '万%' THEN 1e4 ELSE 1 END
    );

-- A cell as it stands in a list of cells.
CREATE OR REPLACE TEMP MACRO printed(raw) AS coalesce(nullif(trim(raw), ''), '（空）');

-- Whose deadline applies (table `deadlines`). The office of a government and a management committee publish the
-- report of their area; townships and streets are named by no article. A body of unknown kind has the latest day.
CREATE OR REPLACE TEMP MACRO reporting_body(kind, level) AS
    CASE
        WHEN level = 'township' OR kind IN ('town', 'township', 'street') THEN 'township'
        WHEN kind IN (
            'government', 'government_office', 'management_committee', 'management_committee_office', 'prefecture_office'
        ) OR kind IS NULL THEN 'government'
        ELSE 'department'
    END;

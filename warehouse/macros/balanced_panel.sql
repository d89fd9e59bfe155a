-- The panel of those bodies that reported on every year from `first_year` to `last_year`, in these years.
CREATE OR REPLACE MACRO balanced_panel(first_year, last_year) AS TABLE
    SELECT p.* FROM panel p
    SEMI JOIN (
        SELECT agency_id FROM panel WHERE year BETWEEN first_year AND last_year
        GROUP BY agency_id HAVING count(DISTINCT year) = last_year - first_year + 1
    ) USING (agency_id)
    WHERE p.year BETWEEN first_year AND last_year;

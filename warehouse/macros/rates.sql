-- Rates, each defined once. They are null where a number is missing or the whole is 0: nothing is divided by nothing.

-- Applications granted in full or in part, among all outcomes of the year.
CREATE OR REPLACE MACRO granted_share(granted, partially_granted, outcomes) AS
    (granted + partially_granted) / nullif(outcomes, 0);

-- Applications denied, among all outcomes of the year.
CREATE OR REPLACE MACRO denied_share(denied, outcomes) AS denied / nullif(outcomes, 0);

-- Applications made on the web or by e-mail, among those received (forms of 2014 and before; since 2019 not stated).
CREATE OR REPLACE MACRO online_share(online, received) AS online / nullif(received, 0);

-- Lawsuits about open information for each outcome of the year. Lawsuits may be about answers of other years.
CREATE OR REPLACE MACRO litigation_rate(lawsuits, outcomes) AS lawsuits / nullif(outcomes, 0);

-- Reconsiderations for each outcome of the year.
CREATE OR REPLACE MACRO reconsideration_rate(reconsiderations, outcomes) AS reconsiderations / nullif(outcomes, 0);

-- Decisions that corrected the body, among those made (of reconsiderations or lawsuits; pending ones left out).
CREATE OR REPLACE MACRO correction_rate(corrected, upheld, other) AS corrected / nullif(corrected + upheld + other, 0);

// One body: its reports over the years, charts, every figure with its evidence, failed checks, reuse.
import { lineChart, stat } from "./charts.js";
import { bodyLink, conceptOf, indicators, loadBody } from "./data.js";
import { h, scrolling, sourceLink, table } from "./dom.js";
import { isChinese, number, pick, t } from "./i18n.js";

const CHARTED = ["applications_received", "outcome_total", "outcome_granted", "outcome_denied", "reconsiderations", "lawsuits", "proactive_total", "normative_documents_issued", "proactive_website", "staff_total"];
const MOST_CHARTS = 9;
const ORIGINS = { form: "form", narrative: "prose", statement: "statement", sum: "sum" };
const RANK = { form: 0, narrative: 1, statement: 2, sum: 3 };

export async function body([id]) {
  const found = await loadBody(id);
  if (!found) return [h("h1", {}, t("not_found_body"))];
  const reports = found.reports;
  const grid = figures(reports);
  const others = (found.names ?? []).filter((name) => name !== found.name);
  return [
    h("p", { class: "crumbs" }, found.where.join(" › ")),
    h("h1", {}, found.name),
    h("p", { class: "facts-line" }, [found.level ? t(found.level) : null, others.length ? `${t("also")}：${others.join("、")}` : null].filter(Boolean).join(" · ")),
    h("section", { class: "card" }, h("h2", {}, t("its_reports")), reportList(reports)),
    charts(grid, reports),
    h("section", { class: "card" }, h("h2", {}, t("table")), h("p", { class: "hint" }, t("table_hint")), figureTable(grid, reports)),
    h("section", { class: "card" }, h("h2", { id: "checks" }, t("checks")), checkList(reports)),
    h("section", { class: "card" }, h("h2", {}, t("reuse")), h("p", { class: "hint" }, t("reuse_hint")), reuseList(reports)),
  ].filter(Boolean);
}

/** Map concept → Map document → the best figure of the report for it. */
function figures(reports) {
  const grid = new Map();
  for (const report of reports) {
    for (const [code, value, origin, evidence, place, others] of [...report.values, ...report.sums]) {
      const concept = conceptOf(code);
      if (!grid.has(concept)) grid.set(concept, new Map());
      const row = grid.get(concept), before = row.get(report.id);
      const figure = { code, value, origin, evidence, place, others: others ?? [], report };
      if (!before || RANK[origin] < RANK[before.origin] || (RANK[origin] === RANK[before.origin] && code === concept)) row.set(report.id, figure);
    }
  }
  return grid;
}

const nameOf = (code) => { const found = indicators.get(code); return found ? pick(found.zh, found.en) : code; };
const unitOf = (code) => indicators.get(code)?.unit ?? "";

function reportList(reports) {
  return h("ol", { class: "reports" }, reports.map((report) => {
    const severe = report.checks.filter((check) => check[1] !== "info").length;
    return h("li", { class: report.form ?? "narrative" },
      h("b", { class: "year" }, String(report.year ?? "—")),
      h("span", { class: "what" }, h("span", { class: "form-name" }, t(report.form ?? "narrative")), report.primary ? null : h("em", {}, t("other_report")),
        h("span", { class: "title", lang: "zh" }, report.title ?? ""), marks(report)),
      severe ? h("a", { class: "flag", href: "#checks", onclick: toChecks }, t("checked", { n: severe })) : null,
      sourceLink(report.uri, t("source")) ?? h("span", { class: "file" }, `${t("source_file")}: ${report.uri}`));
  }));
}

const percent = (share) => `${Math.round(100 * share)}%`;

/** What the audit says of the whole report: in time or late, sums that hold, parts missing, words repeated. */
function marks({ compliance }) {
  if (!compliance) return null;
  const { days_late: late, sums, broken, missing, repeated } = compliance;
  const said = [
    late === null ? null : late > 0 ? ["wrong", t("late", { n: late })] : ["", t("on_time")],
    !sums ? null : broken ? ["wrong", t("sums_broken", { n: broken, m: sums })] : ["", t("sums_hold", { n: sums })],
    missing ? ["wrong", t("missing", { n: missing })] : null,
    repeated === null ? null : [repeated >= 0.5 ? "wrong" : "", t("repeated", { share: percent(repeated) })],
  ].filter(Boolean);
  return h("span", { class: "marks" }, said.map(([kind, words]) => h("span", { class: kind }, words)));
}

function reuseList(reports) {
  const found = [...reports].reverse().flatMap((report) => report.reuse.map((row) => ({ report, row })));
  if (!found.length) return h("p", {}, t("reuse_none"));
  return h("ul", { class: "checks reuse" }, found.map(({ report, row: [heading, against, share, other, otherId, year] }) =>
    h("li", { class: "info" }, h("b", {}, String(report.year ?? "—")),
      h("div", {}, h("p", {}, h("span", { lang: "zh" }, heading || "—"), ` · ${percent(share)} `,
        against === "previous_year" ? t("as_last_year") : [`${t("as_elsewhere")} `, otherId ? h("a", { href: bodyLink(otherId), lang: "zh" }, other ?? "—") : other ?? "—", ` ${year}`])))));
}

function toChecks(event) {
  event.preventDefault(); // the address behind # names the page
  document.getElementById("checks").scrollIntoView();
}

function charts(grid, reports) {
  const flaggedBy = new Map(reports.map((report) => [report.id, new Set(report.checks.map((check) => check[6]))]));
  const drawn = CHARTED.filter((concept) => grid.has(concept)).slice(0, MOST_CHARTS).map((concept) => {
    const points = [...grid.get(concept).values()].filter((figure) => figure.report.primary && figure.report.year)
      .map((figure) => ({ year: figure.report.year, value: figure.value, flagged: flaggedBy.get(figure.report.id).has(figure.code), onclick: () => showEvidence(figure) }));
    return points.length > 1 ? lineChart(nameOf(concept), unitOf(concept), points) : points.length ? stat(nameOf(concept), unitOf(concept), points[0]) : null;
  }).filter(Boolean);
  return drawn.length ? h("section", { class: "card" }, h("h2", {}, t("charts")), h("div", { class: "charts" }, drawn)) : null;
}

function figureTable(grid, reports) {
  const order = [...indicators.keys()];
  const concepts = [...grid.keys()].sort((a, b) => order.indexOf(a) - order.indexOf(b));
  const newest = [...reports].reverse();
  const rows = concepts.map((concept) => h("tr", {},
    h("th", { scope: "row" }, nameOf(concept), " ", h("small", {}, unitOf(concept))),
    newest.map((report) => {
      const figure = grid.get(concept).get(report.id);
      if (!figure) return h("td", { class: "none" }, "");
      const wrong = figure.others.length > 0 || report.checks.some((check) => check[6] === figure.code);
      return h("td", {}, h("button", { type: "button", class: `figure ${figure.origin}${wrong ? " wrong" : ""}`, "aria-label": `${nameOf(concept)}, ${report.year}: ${number(figure.value)}${wrong ? `, ${t("conflict")}` : ""}`, onclick: () => showEvidence(figure) }, number(figure.value), wrong ? h("span", { "aria-hidden": "true" }, "!") : null));
    })));
  return scrolling(t("scroll"), table([t("indicator"), ...newest.map((report) => String(report.year ?? "—"))], rows, null, "figures"));
}

function checkList(reports) {
  const checks = reports.flatMap((report) => report.checks.map((check) => ({ report, check })));
  if (!checks.length) return h("p", {}, t("checks_none"));
  const weight = { error: 0, warning: 1, info: 2 };
  checks.sort((a, b) => weight[a.check[1]] - weight[b.check[1]] || b.report.year - a.report.year);
  return h("ul", { class: "checks" }, checks.map(({ report, check: [rule, severity, zh, en, expected, actual, code] }) =>
    h("li", { class: severity }, h("b", {}, String(report.year ?? "—")),
      h("div", {}, h("p", { lang: isChinese() && zh ? "zh" : "en" }, pick(zh, en)),
        expected || actual ? h("p", { class: "hint" }, `${t("expected")} ${expected ?? "—"} · ${t("actual")} ${actual ?? "—"}`) : null,
        h("p", { class: "hint" }, code ? `${nameOf(code)} · ` : "", h("code", {}, rule))))));
}

function showEvidence(figure) {
  const dialog = document.getElementById("evidence");
  const { report } = figure;
  const related = report.checks.filter((check) => check[6] === figure.code);
  dialog.replaceChildren(
    h("h2", { id: "evidence-title" }, nameOf(figure.code)),
    h("p", { class: "big" }, number(figure.value), " ", h("small", {}, unitOf(figure.code)), h("span", {}, String(report.year ?? ""))),
    h("dl", {},
      h("dt", {}, t("origin")), h("dd", {}, t(ORIGINS[figure.origin])),
      figure.place ? [h("dt", {}, t("in_form")), h("dd", { lang: "zh" }, figure.place)] : null,
      figure.evidence ? [h("dt", {}, t("evidence")), h("dd", {}, h("blockquote", { lang: "zh" }, figure.evidence))] : null,
      figure.others.length ? [h("dt", {}, t("other_values")), h("dd", { class: "wrong" }, figure.others.map(number).join("、"))] : null,
      related.length ? [h("dt", {}, t("checks")), related.map((check) => h("dd", { class: "wrong" }, pick(check[2], check[3])))] : null,
      indicators.get(figure.code)?.notes ? [h("dt", {}, t("comparable")), h("dd", {}, indicators.get(figure.code).notes)] : null,
      h("dt", {}, t("source")), h("dd", { lang: "zh" }, report.title ?? "", h("br"), sourceLink(report.uri, report.uri) ?? report.uri)),
    h("button", { type: "button", class: "primary", onclick: () => dialog.close() }, t("close")));
  dialog.onclick = (event) => { if (event.target === dialog) dialog.close(); };
  dialog.showModal();
}

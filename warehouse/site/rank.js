// One indicator in one year over all bodies: provinces as a map, cities as a table, bodies in order.
import { tileMap } from "./charts.js";
import { bodyLink, indicators, load, meta } from "./data.js";
import { h, scrolling, select, table } from "./dom.js";
import { number, pick, t } from "./i18n.js";

const PAGE = 50;
const LEVELS = ["national", "province", "prefecture", "county", "township"];
const total = (values) => values.reduce((sum, value) => sum + value, 0);
const SUMMARIES = {
  total,
  median: (values) => { const sorted = [...values].sort((a, b) => a - b), m = sorted.length >> 1; return sorted.length % 2 ? sorted[m] : (sorted[m - 1] + sorted[m]) / 2; },
  count: (values) => values.length,
};

export async function rank(rest, query) {
  const codes = [...indicators.keys()].filter((code) => meta.ranked[code]);
  if (!codes.length) return [h("h1", {}, t("rank_title")), h("p", {}, t("no_value"))];
  const code = codes.includes(query.get("i")) ? query.get("i") : codes.includes("applications_received") ? "applications_received" : codes[0];
  const years = [...meta.ranked[code]].reverse();
  const year = years.includes(Number(query.get("y"))) ? Number(query.get("y")) : years[0];
  const level = query.get("l") ?? "", place = query.get("p") ?? "", measure = SUMMARIES[query.get("m")] ? query.get("m") : "total";
  const go = (changes) => {
    const next = new URLSearchParams({ i: code, y: year, l: level, p: place, m: measure, ...changes });
    location.hash = `#/rank?${next}`;
  };
  const all = (await load(`rank/${code}/${year}.json`)).filter((row) => !level || row[3] === level);
  const shown = all.filter((row) => !place || row[2]?.startsWith(place));
  const { zh, en, unit, notes } = indicators.get(code);
  return [
    h("h1", {}, t("rank_title")),
    h("div", { class: "filters" },
      select(t("indicator"), codes.map((each) => [each, pick(indicators.get(each).zh, indicators.get(each).en)]), code, (i) => go({ i })),
      select(t("year"), years.map((each) => [each, each]), year, (y) => go({ y })),
      select(t("level"), [["", t("all")], ...LEVELS.map((each) => [each, t(each)])], level, (l) => go({ l })),
      select(t("measure"), Object.keys(SUMMARIES).map((each) => [each, t(each)]), measure, (m) => go({ m }))),
    notes ? h("p", { class: "hint" }, `${t("comparable")}：${notes}`) : null,
    h("div", { class: "split" },
      h("section", { class: "card" }, h("h2", {}, t("map")), h("p", { class: "hint" }, t("map_hint")),
        tileMap(summary(all, 2, measure), (each) => meta.regions[`${each}0000`] ?? each, place.slice(0, 2), (p) => go({ p: p === place ? "" : p }))),
      h("section", { class: "card" }, h("h2", {}, t("region")), regions(shown, place, measure, go))),
    h("section", { class: "card" }, h("h2", {}, `${pick(zh, en)}（${unit}）· ${year}`), bodies(shown)),
  ].filter(Boolean);
}

function summary(rows, digits, measure) {
  const groups = new Map();
  for (const row of rows) if (row[2]) groups.set(row[2].slice(0, digits), [...(groups.get(row[2].slice(0, digits)) ?? []), row[4]]);
  return new Map([...groups].map(([key, values]) => [key, SUMMARIES[measure](values)]));
}

function regions(rows, place, measure, go) {
  const digits = place ? 4 : 2;
  const values = [...summary(rows, digits, measure)].sort((a, b) => b[1] - a[1]);
  const counts = summary(rows, digits, "count");
  return h("div", {},
    place ? h("button", { type: "button", onclick: () => go({ p: "" }) }, `← ${t("whole")}`) : null,
    scrolling(t("region"), table([t("region"), t(measure), t("bodies")], values.map(([key, value]) => h("tr", {},
      h("th", { scope: "row" }, meta.regions[key.padEnd(6, "0")] ?? key), h("td", {}, number(value)), h("td", {}, number(counts.get(key))))))));
}

function bodies(rows) {
  const most = Math.max(...rows.map((row) => row[4]), 1e-9);
  const list = h("tbody", {});
  const more = h("button", { type: "button", onclick: () => extend() }, t("more"));
  let shown = 0;
  function extend() {
    list.append(...rows.slice(shown, shown + PAGE).map(([id, name, , , value], i) => h("tr", {},
      h("td", {}, String(rankOf(rows, shown + i))), h("th", { scope: "row" }, h("a", { href: bodyLink(id) }, name)),
      h("td", {}, h("span", { class: "amount" }, number(value)), h("meter", { min: 0, max: most, value: Math.max(value, 0), "aria-hidden": "true" })))));
    shown += PAGE;
    more.hidden = shown >= rows.length;
  }
  extend();
  return h("div", {}, scrolling(t("rank_title"), h("table", { class: "ranking" }, h("thead", {}, h("tr", {}, [t("rank"), t("body"), t("value")].map((each) => h("th", { scope: "col" }, each)))), list)), more);
}

/** Bodies with equal values share a rank. */
function rankOf(rows, index) {
  while (index > 0 && rows[index - 1][4] === rows[index][4]) index--;
  return index + 1;
}

// Charts as inline SVG: lines over years, stacked columns, a map of tiles. Every chart has its figures in words
// or in a table beside it; colour never says anything alone.
import { h } from "./dom.js";
import { compact, number, t } from "./i18n.js";

const WIDTH = 320, HEIGHT = 150, LEFT = 12, RIGHT = 14, TOP = 26, BOTTOM = 24;

/** points: [{year, value, onclick}]; a missing year breaks the line. */
export function lineChart(name, unit, points) {
  const first = Math.min(...points.map((p) => p.year)), last = Math.max(...points.map((p) => p.year));
  const most = Math.max(...points.map((p) => p.value), 1e-9);
  const x = (year) => (first === last ? WIDTH / 2 : LEFT + ((year - first) / (last - first)) * (WIDTH - LEFT - RIGHT));
  const y = (value) => HEIGHT - BOTTOM - (value / most) * (HEIGHT - TOP - BOTTOM);
  const path = points.map((p, i) => `${i && points[i - 1].year === p.year - 1 ? "L" : "M"}${x(p.year)},${y(p.value)}`).join("");
  const latest = points[points.length - 1];
  const labels = first === last ? [first] : [first, last];
  return h("figure", { class: "chart" },
    h("figcaption", {}, h("b", {}, name), h("span", {}, unit)),
    h("svg", { viewBox: `0 0 ${WIDTH} ${HEIGHT}`, role: "group", "aria-label": t("chart_of", { name, first, last, value: number(latest.value) }) },
      h("line", { x1: LEFT - 6, x2: WIDTH - 4, y1: HEIGHT - BOTTOM, y2: HEIGHT - BOTTOM, class: "axis" }),
      h("path", { d: path, class: "line" }),
      points.map((p, i) => {
        const isShown = i === points.length - 1 || (p.value === most && points.findIndex((q) => q.value === most) === i);
        const place = { cx: x(p.year), cy: y(p.value) };
        return h("g", { class: "point", tabindex: "0", role: "button", "aria-label": `${p.year}: ${number(p.value)} ${unit}`, onclick: p.onclick, onkeydown: (event) => { if (event.key === "Enter" || event.key === " ") { event.preventDefault(); p.onclick(); } } },
          h("title", {}, `${p.year}: ${number(p.value)} ${unit}`),
          h("circle", { ...place, r: 11, class: "target" }), h("circle", { ...place, r: 3.6, class: p.flagged ? "dot flagged" : "dot" }),
          isShown ? h("text", { x: Math.min(Math.max(x(p.year), 26), WIDTH - 26), y: y(p.value) - 9, class: "label" }, compact(p.value)) : null);
      }),
      labels.map((year) => h("text", { x: x(year), y: HEIGHT - 7, class: "tick", "text-anchor": first === last ? "middle" : year === first ? "start" : "end" }, String(year)))));
}

/** One year's figure: a chart of one point would say no more. */
export function stat(name, unit, { year, value, onclick }) {
  return h("button", { type: "button", class: "stat", onclick }, h("span", {}, name), h("b", {}, number(value)), h("small", {}, `${unit} · ${year}`));
}

/** rows: [[year, kind, count]] stacked over years. */
export function columns(rows, kinds, names) {
  const years = [...new Set(rows.map(([year]) => year))].sort();
  const from = years[0], to = years[years.length - 1], n = to - from + 1;
  const totals = new Map();
  for (const [year, , count] of rows) totals.set(year, (totals.get(year) ?? 0) + count);
  const most = Math.max(...totals.values()), width = 720, height = 200, step = (width - 10) / n;
  const bars = [];
  for (let year = from; year <= to; year++) {
    let bottom = height - 24;
    const x = 5 + (year - from) * step;
    for (const kind of kinds) {
      const count = rows.find((row) => row[0] === year && row[1] === kind)?.[2] ?? 0;
      if (!count) continue;
      const tall = (count / most) * (height - 52);
      bottom -= tall;
      bars.push(h("rect", { x: x + step * 0.14, y: bottom, width: step * 0.72, height: Math.max(tall - 1, 1), class: `kind ${kind}` }, h("title", {}, `${year} ${names(kind)}: ${number(count)}`)));
    }
    if (totals.has(year)) bars.push(h("text", { x: x + step / 2, y: bottom - 5, class: "label small" }, compact(totals.get(year))));
    if (n < 14 || (year - from) % 2 === 0) bars.push(h("text", { x: x + step / 2, y: height - 7, class: "tick", "text-anchor": "middle" }, String(year)));
  }
  const spoken = years.map((year) => `${year}: ${totals.get(year)}`).join(", ");
  return h("div", {},
    h("svg", { viewBox: `0 0 ${width} ${height}`, role: "img", "aria-label": spoken, class: "columns" }, bars),
    h("ul", { class: "legend" }, kinds.filter((kind) => rows.some((row) => row[1] === kind)).map((kind) => h("li", {}, h("i", { class: `kind ${kind}`, "aria-hidden": "true" }), names(kind)))));
}

const TILES = { 65: [0, 2], 63: [1, 3], 54: [0, 4], 62: [2, 3], 64: [3, 2], 15: [4, 1], 61: [3, 3], 14: [4, 3], 13: [5, 2], 11: [5, 1], 12: [6, 2], 21: [7, 1], 22: [8, 1], 23: [8, 0], 37: [6, 3], 41: [5, 3], 51: [2, 4], 50: [3, 4], 42: [4, 4], 34: [5, 4], 32: [6, 4], 31: [7, 4], 53: [2, 5], 52: [3, 5], 43: [4, 5], 36: [5, 5], 33: [6, 5], 45: [3, 6], 44: [4, 6], 35: [5, 6], 71: [7, 6], 46: [3, 7], 81: [5, 7], 82: [4, 7] };
const SHORT = { 11: "京", 12: "津", 13: "冀", 14: "晋", 15: "蒙", 21: "辽", 22: "吉", 23: "黑", 31: "沪", 32: "苏", 33: "浙", 34: "皖", 35: "闽", 36: "赣", 37: "鲁", 41: "豫", 42: "鄂", 43: "湘", 44: "粤", 45: "桂", 46: "琼", 50: "渝", 51: "川", 52: "贵", 53: "云", 54: "藏", 61: "陕", 62: "甘", 63: "青", 64: "宁", 65: "新", 71: "台", 81: "港", 82: "澳" };

/** values: Map(two digits → number); a province without a value is pale and cannot be chosen. */
export function tileMap(values, nameOf, chosen, onchoose) {
  const most = Math.max(...values.values(), 1e-9);
  return h("div", { class: "tiles" }, Object.entries(TILES).map(([code, [column, row]]) => {
    const value = values.get(code), name = nameOf(code);
    const shade = value === undefined ? "none" : Math.min(5, Math.ceil(Math.sqrt(Math.max(value, 0) / most) * 5));
    const label = `${name}: ${value === undefined ? t("no_value") : number(value)}`;
    return h("button", { type: "button", class: `tile shade-${shade} c${column} r${row}`, disabled: value === undefined, "aria-pressed": value === undefined ? null : String(chosen === code), "aria-label": value === undefined ? `${SHORT[code]} ${label}` : `${SHORT[code]} ${compact(value)} ${name}`, title: label, onclick: () => onchoose(code) },
      h("b", {}, SHORT[code]), h("span", {}, value === undefined ? "" : compact(value)));
  }));
}

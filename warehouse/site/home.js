// Searching a body by its name, and what the release covers.
import { columns } from "./charts.js";
import { bodyLink, load, loadNames, meta } from "./data.js";
import { h } from "./dom.js";
import { number, t } from "./i18n.js";

const SHOWN = 50;
export const FORMS = ["narrative", "form-local", "form-2014", "form-2019", "form-2021"];

export const provinceName = (code) => (code === "00" ? t("no_region") : meta.regions[`${code}0000`] ?? code);

export async function home(rest, query) {
  const results = h("div", { id: "results" });
  const status = h("p", { role: "status", class: "status" });
  const input = h("input", { id: "search", type: "search", autocomplete: "off", placeholder: t("search_hint"), value: query.get("q") ?? "" });
  input.addEventListener("input", () => search(input.value, results, status));
  if (input.value) search(input.value, results, status);
  const shelf = query.get("region");
  return [
    h("section", { class: "hero" },
      h("h1", {}, t("hero")), h("p", { class: "lead" }, t("lead")),
      h("form", { role: "search", onsubmit: (event) => event.preventDefault() }, h("label", { for: "search" }, t("search")), input)),
    status, results,
    shelf ? await region(shelf) : null,
    h("dl", { class: "counts" }, Object.entries(meta.counts).map(([name, count]) => h("div", {}, h("dt", {}, t(name)), h("dd", {}, number(count))))),
    meta.years.length ? h("section", { class: "card" }, h("h2", {}, t("coverage")), columns(meta.years, FORMS, t)) : null,
    h("section", { class: "card" }, h("h2", {}, t("browse")),
      h("ul", { class: "chips" }, meta.provinces.map(([code, count]) => h("li", {}, h("a", { href: `#/?region=${code}` }, provinceName(code), " ", h("small", {}, number(count))))))),
  ].filter(Boolean);
}

async function region(shelf) {
  const rows = await load(`bodies/${shelf}.json`).catch(() => []);
  return h("section", { class: "card" }, h("h2", {}, provinceName(shelf)), list(rows.slice(0, SHOWN * 4)));
}

let latest = "";
async function search(text, results, status) {
  const words = text.trim().split(/\s+/).filter(Boolean);
  latest = text;
  if (!words.length) {
    results.replaceChildren();
    status.textContent = "";
    return;
  }
  const matches = (row) => words.every((word) => row[1].includes(word) || row[7]?.some((name) => name.includes(word)));
  await loadNames((rows) => {
    if (latest !== text) return;
    const found = rows.filter(matches).sort((a, b) => a[1].length - b[1].length || b[6] - a[6]);
    const shown = found.slice(0, SHOWN);
    status.textContent = found.length ? t(found.length > SHOWN ? "found_more" : "found", { n: number(found.length), m: SHOWN }) : t("nothing");
    results.replaceChildren(list(shown));
  });
}

function list(rows) {
  return h("ul", { class: "bodies" }, rows.map(([id, name, code, level, first, last, reports, others]) =>
    h("li", {}, h("a", { href: bodyLink(id) },
      h("b", {}, name),
      h("span", {}, [code ? meta.regions[`${code.slice(0, 4)}00`] ?? provinceName(code.slice(0, 2)) : null, level ? t(level) : null].filter(Boolean).join(" · ")),
      others?.length ? h("span", {}, `${t("also")} ${others.join("、")}`) : null,
      h("span", { class: "span" }, `${first === last ? first ?? "" : `${first}–${last}`} · ${t("reports_n", { n: reports })}`)))));
}

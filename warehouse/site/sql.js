// The release's database queried in the browser by duckdb-wasm; nothing is fetched from elsewhere.
import { meta } from "./data.js";
import { h, scrolling, table } from "./dom.js";
import { pick, t } from "./i18n.js";

const SHOWN = 500;
const WHOLE_BYTES = 300e6; // what a browser can hold at once where the server hands out no parts
const EXAMPLES = [
  ["申请最多的机构", "Bodies with most applications", "SELECT agency, year, value\nFROM headline\nWHERE indicator = 'applications_received'\nORDER BY value DESC\nLIMIT 20"],
  ["各年度的报告格式", "Forms by year", "SELECT year, form, count(*) AS reports\nFROM reports\nGROUP BY ALL\nORDER BY year, form"],
  ["予以公开的比例", "Share of applications granted", "SELECT agency, year,\n       round(100 * max(value) FILTER (indicator = 'outcome_granted')\n             / nullif(max(value) FILTER (indicator = 'outcome_total'), 0), 1) AS granted_percent\nFROM panel\nGROUP BY ALL\nHAVING granted_percent IS NOT NULL\nORDER BY granted_percent DESC"],
  ["核查问题", "Failed checks", "SELECT r.agency, r.year, c.severity, c.message_zh, c.expected, c.actual\nFROM checks c JOIN reports r USING (document_id)\nWHERE NOT c.passed\nORDER BY r.agency, r.year"],
  ["某词所在的段落", "Passages with a word", "SELECT r.agency, r.year, s.heading, s.text\nFROM sections s JOIN reports r USING (document_id)\nWHERE contains(s.text, '培训')\nLIMIT 50"],
];

let opening = null;

export async function sql() {
  const heading = [h("h1", {}, t("sql_title"))];
  if (!meta.has_sql) return [...heading, h("p", {}, t("sql_missing")), h("p", {}, h("a", { href: "gongkai.duckdb" }, "gongkai.duckdb"))];
  const input = h("textarea", { id: "query", rows: 8, spellcheck: "false", autocapitalize: "off" });
  input.value = EXAMPLES[0][2];
  const status = h("p", { role: "status", class: "status" });
  const result = h("div", { id: "result" });
  const run = h("button", { type: "submit", class: "primary", id: "run" }, t("run"));
  const submit = async (event) => {
    event?.preventDefault();
    run.disabled = true;
    result.replaceChildren();
    try {
      status.textContent = t(opening ? "running" : "loading_db");
      const connection = await (opening ??= open());
      status.textContent = t("running");
      const answer = await connection.query(input.value);
      status.textContent = t(answer.numRows > SHOWN ? "rows_cut" : "rows", { n: answer.numRows, m: SHOWN });
      result.replaceChildren(...drawn(answer));
    } catch (error) {
      opening?.catch(() => { opening = null; });
      status.textContent = "";
      result.replaceChildren(h("pre", { role: "alert", class: "wrong" }, String(error.message ?? error)));
    }
    run.disabled = false;
  };
  input.addEventListener("keydown", (event) => { if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) submit(event); });
  return [...heading,
    h("p", { class: "lead" }, t("sql_lead")),
    h("div", { class: "chips", role: "group", "aria-label": t("examples") }, EXAMPLES.map(([zh, en, query]) => h("button", { type: "button", onclick: () => { input.value = query; input.focus(); } }, pick(zh, en)))),
    h("form", { class: "query", onsubmit: submit }, h("label", { for: "query" }, t("sql_query")), input, h("p", { class: "hint" }, run, " Ctrl + Enter")),
    status, result];
}

async function open() {
  const { AsyncDuckDB, DuckDBDataProtocol, VoidLogger } = await import("./vendor/duckdb.js");
  const here = (file) => new URL(file, document.baseURI).href;
  const database = new AsyncDuckDB(new VoidLogger(), new Worker(here("vendor/duckdb-browser-eh.worker.js")));
  await database.instantiate(here("vendor/duckdb-eh.wasm"));
  await database.open({ query: { castBigIntToDouble: true } });
  const head = await fetch(here("gongkai.duckdb"), { method: "HEAD" });
  const hasParts = head.headers.get("accept-ranges") === "bytes", size = Number(head.headers.get("content-length"));
  if (hasParts) await database.registerFileURL("gongkai.duckdb", here("gongkai.duckdb"), DuckDBDataProtocol.HTTP, false);
  else if (size < WHOLE_BYTES) await database.registerFileBuffer("gongkai.duckdb", new Uint8Array(await (await fetch(here("gongkai.duckdb"))).arrayBuffer()));
  else throw new Error(t("sql_large"));
  const connection = await database.connect();
  await connection.query("SET autoinstall_known_extensions = false; SET autoload_known_extensions = false");
  await connection.query("ATTACH 'gongkai.duckdb' AS gongkai (READ_ONLY)");
  await connection.query("USE gongkai");
  return connection;
}

function drawn(answer) {
  const fields = answer.schema.fields, names = fields.map((field) => field.name);
  const rows = answer.toArray().map((row) => fields.map((field) => plain(row[field.name], DATES[field.type.typeId])));
  const save = () => {
    const cell = (value) => (/[",\n]/.test(value) ? `"${value.replaceAll('"', '""')}"` : /^[=+\-@\t\r]/.test(value) && Number.isNaN(Number(value)) ? `'${value}` : value);
    const text = "\ufeff" + [names, ...rows].map((row) => row.map((value) => cell(String(value))).join(",")).join("\r\n");
    const url = URL.createObjectURL(new Blob([text], { type: "text/csv" }));
    h("a", { href: url, download: "gongkai.csv" }).click();
    setTimeout(() => URL.revokeObjectURL(url), 10_000);
  };
  return [
    scrolling(t("scroll"), table(names, rows.slice(0, SHOWN).map((row) => h("tr", {}, row.map((value) => h("td", {}, value)))))),
    h("button", { type: "button", onclick: save }, t("download")),
  ];
}

// Arrow's ids of dates and timestamps, which come as milliseconds, and how many letters of the ISO form they fill.
const DATES = { 8: 10, 10: 19 };

function plain(value, letters) {
  if (value === null || value === undefined) return "";
  if (letters) return new Date(Number(value)).toISOString().slice(0, letters).replace("T", " ");
  if (typeof value === "object") return [...(value.toArray?.() ?? [JSON.stringify(value)])].map((each) => plain(each)).join("、");
  return String(value);
}

// The words of the pages in Chinese and English, and which of the two is shown.
const WORDS = {
  skip: ["跳到正文", "Skip to content"], brand: ["政府信息公开年报", "Open-information reports"],
  nav: ["主导航", "Main"], nav_search: ["查机构", "Bodies"], nav_rank: ["排行与地区", "Ranking"], nav_about: ["关于数据", "About"],
  hero: ["每个机关，每一年，公开了什么", "What every government body disclosed, year by year"],
  lead: ["各级行政机关政府信息公开工作年度报告：每个数值都附原文依据和来源页面。", "Annual open-information reports of Chinese government bodies: every figure with the words it was read from."],
  search: ["机构名称", "Name of a body"], search_hint: ["输入名称，如 教育局、宿迁", "In Chinese, such as 教育局 or 宿迁"],
  found: ["{n} 个机构", "{n} bodies"], found_more: ["{n} 个机构，显示前 {m} 个", "{n} bodies, the first {m} shown"], nothing: ["没有找到这样的机构。换一个较短的词试试。", "No body has such a name. Try a shorter word."],
  bodies: ["机构", "bodies"], reports: ["年度报告", "reports"], facts: ["条数据", "figures"], failed: ["条核查问题", "failed checks"],
  coverage: ["各年度报告数", "Reports by year"], browse: ["按地区浏览", "Browse by province"], largest: ["报告最多的机构", "Bodies with most reports"],
  no_region: ["未确定地区", "No region"], back: ["返回", "Back"], year: ["年度", "Year"], years: ["年度", "Years"], level: ["层级", "Level"], all: ["全部", "All"], region: ["地区", "Region"],
  national: ["中央", "National"], province: ["省级", "Province"], prefecture: ["地级", "Prefecture"], county: ["县级", "County"], township: ["乡级", "Township"],
  "narrative": ["文字叙述", "Prose only"], "form-2014": ["2014 年统计表", "Form of 2014"], "form-2019": ["2019 年表格", "Form of 2019"], "form-2021": ["2021 年表格", "Form of 2021"], "form-local": ["地方统计表", "Local form"],
  its_reports: ["历年报告", "Its reports"], source: ["来源页面", "Source page"], source_file: ["来源文件", "Source file"], charts: ["主要指标", "Main figures"], table: ["全部数据", "All figures"], table_hint: ["点击数值查看原文依据。", "Choose a figure to see the words it was read from."],
  indicator: ["指标", "Indicator"], value: ["数值", "Value"], conflict: ["报告内有不同数值", "The report states different values"], other_values: ["其他数值", "Other values"],
  evidence: ["原文依据", "Evidence"], in_form: ["统计表位置", "Place in the form"], close: ["关闭", "Close"], origin: ["读取自", "Read from"], form: ["统计表", "the form"], prose: ["正文文字", "prose"], statement: ["“没有、未发生”等表述", "a statement that there was none"], sum: ["由各分项相加", "added up from its parts"],
  checks: ["核查问题", "Failed checks"], checks_none: ["没有发现问题。", "Nothing found."], expected: ["应为", "Expected"], actual: ["实为", "Found"], checked: ["{n} 个核查问题", "{n} failed checks"],
  on_time: ["按期公布", "Published in time"], late: ["逾期 {n} 天", "{n} days late"], sums_hold: ["{n} 项合计均相符", "All {n} sums hold"], sums_broken: ["{m} 项合计中 {n} 项不符", "{n} of {m} sums do not hold"], missing: ["缺 {n} 项法定内容", "{n} parts missing"], repeated: ["与上年报告文字重复 {share}", "{share} of its words as last year"],
  reuse: ["文字重复", "Repeated text"], reuse_hint: ["至少一半文字与本机关上年报告或其他机关报告相同的部分；表格、数字、法定套语不计。", "Sections of which at least half stands in last year's report or in another body's; tables, numbers and prescribed sentences are not counted."], reuse_none: ["没有发现。", "Nothing found."], as_last_year: ["与上年报告相同", "as in last year's report"], as_elsewhere: ["相同于", "as in the report of"],
  also: ["曾用名", "Also named"], other_report: ["同年另一份报告", "another report of that year"], not_found: ["没有这个页面", "No such page"], not_found_body: ["数据中没有这个机构。", "There is no such body in this release."],
  rank_title: ["排行与地区", "Ranking and regions"], map: ["各省份", "Provinces"], measure: ["汇总方式", "Summary"], total: ["合计", "Total"], median: ["中位数", "Median"], count: ["机构数", "Bodies"], rank: ["名次", "Rank"], body: ["机构", "Body"], map_hint: ["点击省份查看其地市。", "Choose a province to see its cities."], more: ["显示更多", "Show more"], whole: ["全国", "Whole country"], comparable: ["口径说明", "When comparing"],
  sql_title: ["用 SQL 查询全部数据", "The whole release in SQL"], sql_lead: ["数据库在浏览器中运行，查询不会离开本机。首次运行需载入约 35 MB。", "The database runs in your browser; no query leaves it. The first run loads about 35 MB."],
  sql_query: ["查询语句", "Query"], run: ["运行", "Run"], running: ["正在运行…", "Running…"], loading_db: ["正在载入数据库…", "Loading the database…"], rows: ["{n} 行", "{n} rows"], rows_cut: ["{n} 行，显示前 {m} 行", "{n} rows, the first {m} shown"], download: ["下载 CSV", "Download CSV"], examples: ["示例", "Examples"], tables: ["数据表", "Tables"], sql_missing: ["本次发布没有包含浏览器数据库。请下载 gongkai.duckdb，用 DuckDB 打开。", "This release came without the database for browsers. Download gongkai.duckdb and open it in DuckDB."], sql_large: ["文件服务器不支持分段读取，数据库又太大，无法整体载入。请改用 gongkai serve 或下载 gongkai.duckdb。", "This file server cannot hand out parts of a file and the database is too large to load whole. Use gongkai serve, or download gongkai.duckdb."],
  about_title: ["关于数据", "About the data"], version: ["版本", "Version"], licence: ["许可", "Licence"], cite: ["引用", "Cite as"], masked: ["文字中的个人姓名、电话和邮箱已涂黑（█）。", "Personal names, telephone numbers and e-mail addresses in texts are blackened (█)."], unmasked: ["本版未作遮蔽处理。", "This release is not masked."],
  about_1: ["数据由程序从年度报告页面读取，未经人工逐条核对。每个数值都保留原文依据，请以来源页面为准。", "A program read these figures from the pages of the reports; no person checked each of them. Each keeps the words it was read from: the source page is what counts."],
  about_2: ["空白、“/”和“—”不是零，不作为数据。零须是印出的 0 或“没有、未”等表述。", "A blank, / or — is not zero and gives no figure. A zero is printed as one, or stated in words."],
  about_3: ["四代报告格式的口径不同；跨年比较时请看指标的口径说明。", "The four generations of the report count differently: read an indicator's note before comparing years."],
  files: ["下载", "Files"], failed_load: ["无法载入 {file}。请通过文件服务器打开本站（gongkai serve）。", "{file} could not be loaded. Open this site through a file server (gongkai serve)."], chart_of: ["{name}，{first}–{last} 年，最近 {value}", "{name}, {first}–{last}, latest {value}"], no_value: ["无数据", "no figure"], reports_n: ["{n} 份报告", "{n} reports"],
  scroll: ["可横向滚动的表格", "Table, scrolls sideways"],
};

let language = localStorage.getItem("language") ?? (navigator.language.startsWith("zh") ? "zh" : "en");

export const isChinese = () => language === "zh";
export const pick = (zh, en) => (isChinese() ? zh : en) || zh || en || "";

export function t(key, values = {}) {
  const words = WORDS[key] ? pick(...WORDS[key]) : key;
  return words.replace(/\{(\w+)\}/g, (_, name) => values[name] ?? "");
}

export function switchLanguage() {
  language = isChinese() ? "en" : "zh";
  localStorage.setItem("language", language);
}

export function translateFrame() {
  document.documentElement.lang = language;
  for (const element of document.querySelectorAll("[data-i18n]")) element.textContent = t(element.dataset.i18n);
  for (const element of document.querySelectorAll("[data-i18n-label]")) element.setAttribute("aria-label", t(element.dataset.i18nLabel));
  const button = document.getElementById("language");
  button.textContent = isChinese() ? "English" : "中文";
  button.lang = isChinese() ? "en" : "zh";
}

const FORMAT = new Intl.NumberFormat("en-US", { maximumFractionDigits: 2 });
export const number = (value) => (value === null || value === undefined ? "" : FORMAT.format(value));
export const compact = (value) => new Intl.NumberFormat(isChinese() ? "zh-CN" : "en", { notation: "compact", maximumFractionDigits: 1 }).format(value);

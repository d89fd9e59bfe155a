// What the data is, how to cite it, where its files are.
import { meta } from "./data.js";
import { h } from "./dom.js";
import { number, t } from "./i18n.js";

const FILES = ["gongkai.duckdb", "../gongkai.xlsx", "../datapackage.json", "../dictionary.md", "../CHANGELOG.md", "../README.md", "../SHA256SUMS"];

export async function about() {
  return [
    h("h1", {}, t("about_title")),
    h("section", { class: "card prose" },
      h("p", {}, meta.title), h("p", {}, t("about_1")), h("p", {}, t("about_2")), h("p", {}, t("about_3")),
      h("p", {}, t(meta.is_masked ? "masked" : "unmasked"))),
    h("section", { class: "card" }, h("dl", { class: "wide" },
      h("dt", {}, t("version")), h("dd", {}, `${meta.version} · ${meta.released_on}`),
      h("dt", {}, t("licence")), h("dd", {}, h("a", { href: meta.licence[1], rel: "noopener noreferrer" }, meta.licence[0])),
      h("dt", {}, t("cite")), h("dd", {}, meta.citation),
      Object.entries(meta.counts).map(([name, count]) => [h("dt", {}, t(name)), h("dd", {}, number(count))]))),
    h("section", { class: "card" }, h("h2", {}, t("files")), h("ul", {}, FILES.map((file) => h("li", {}, h("a", { href: file }, file.replace("../", "")))))),
  ];
}

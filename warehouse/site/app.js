// The frame: which page is shown for the address behind #, in which language.
import { h } from "./dom.js";
import { meta } from "./data.js";
import { switchLanguage, t, translateFrame } from "./i18n.js";
import { about } from "./about.js";
import { body } from "./body.js";
import { home } from "./home.js";
import { rank } from "./rank.js";
import { sql } from "./sql.js";

const PAGES = { "": home, body, rank, sql, about };
const main = document.getElementById("main");
let turn = 0;

async function show(focus) {
  const [path, query] = location.hash.replace(/^#\/?/, "").split("?");
  const [name, ...rest] = path.split("/").map(decodeURIComponent);
  const mine = ++turn;
  let content;
  try {
    content = PAGES[name] ? await PAGES[name](rest, new URLSearchParams(query)) : [h("h1", {}, t("not_found"))];
  } catch (error) {
    content = [h("h1", {}, t("not_found")), h("p", { role: "alert", class: "wrong" }, String(error.message ?? error))];
  }
  if (mine !== turn) return; // another page was asked for meanwhile
  main.replaceChildren(...content);
  const title = main.querySelector("h1");
  document.title = `${title?.textContent ?? ""} · ${t("brand")}`;
  for (const link of document.querySelectorAll(".top nav a")) {
    if (link.getAttribute("href") === `#/${name === "body" ? "" : name}`) link.setAttribute("aria-current", "page");
    else link.removeAttribute("aria-current");
  }
  if (focus) {
    scrollTo(0, 0);
    main.focus({ preventScroll: true });
  }
}

function frame() {
  translateFrame();
  document.getElementById("foot").textContent = `${meta.title} · ${t("version")} ${meta.version} · ${meta.licence[0]}`;
}

document.getElementById("language").addEventListener("click", () => {
  switchLanguage();
  frame();
  show(false);
});
document.querySelector(".skip").addEventListener("click", (event) => {
  event.preventDefault(); // the address behind # names the page
  main.focus();
});
addEventListener("hashchange", () => show(true));
frame();
show(false);

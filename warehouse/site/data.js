// The files under data/, each loaded once.
import { t } from "./i18n.js";

const loaded = new Map();

export function load(file) {
  if (!loaded.has(file)) {
    const promise = fetch(`data/${file}`).then((answer) => {
      if (!answer.ok) throw new Error(t("failed_load", { file }));
      return answer.json();
    });
    promise.catch(() => loaded.delete(file));
    loaded.set(file, promise);
  }
  return loaded.get(file);
}

export const meta = await load("meta.json");
export const indicators = new Map(meta.indicators.map(([code, zh, en, unit, concept, notes]) => [code, { code, zh, en, unit, concept, notes }]));
export const conceptOf = (code) => indicators.get(code)?.concept ?? code;

/** FNV-1a of the id, as warehouse/release/explorer.py computes it. */
function shardOf(id) {
  let value = 0x811c9dc5;
  for (const byte of new TextEncoder().encode(id)) value = Math.imul(value ^ byte, 0x01000193) >>> 0;
  return value % meta.shards;
}

export async function loadBody(id) {
  return (await load(`body/${shardOf(id)}.json`))[id];
}

/** All names, province by province; `onpart` is called as the parts arrive. */
export async function loadNames(onpart, only = null) {
  const shelves = meta.provinces.map(([shelf]) => shelf).filter((shelf) => !only || shelf === only);
  const parts = [];
  await Promise.all(shelves.map(async (shelf) => {
    parts.push(...(await load(`bodies/${shelf}.json`)));
    onpart(parts);
  }));
  return parts;
}

export const bodyLink = (id) => `#/body/${encodeURIComponent(id)}`;

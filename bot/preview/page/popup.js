// The list over the message field: commands while "/" is typed, or results of an inline query.
// The focus stays in the field; arrow keys choose, Enter takes, Escape closes.

import { $, el } from "./dom.js";

let items = [];
let active = -1;
let take = null;

export const isOpen = () => !$("popup").hidden;

// `list`: {title, note, value}. `onTake(value, completeOnly)` hears what was chosen.
export function show(list, label, onTake) {
  items = list;
  take = onTake;
  const options = list.map((item, at) => option(item, at));
  $("popup").replaceChildren(el("ul", { role: "listbox", "aria-label": label, id: "popup-list" }, ...options));
  $("popup").hidden = !list.length;
  $("commands").setAttribute("aria-expanded", String(isOpen()));
  activate(list.length ? 0 : -1);
}

export function hide() {
  $("popup").hidden = true;
  $("commands").setAttribute("aria-expanded", "false");
  activate(-1);
}

function option(item, at) {
  const row = el("li", { role: "option", id: `option-${at}`, "aria-selected": "false" }, el("strong", {}, item.title), el("span", {}, item.note ?? ""));
  row.addEventListener("pointerdown", (event) => event.preventDefault()); // keep the focus in the field
  row.addEventListener("click", () => take(item.value, false));
  return row;
}

function activate(at) {
  active = at;
  const rows = [...$("popup").querySelectorAll("[role=option]")];
  rows.forEach((row, index) => row.setAttribute("aria-selected", String(index === at)));
  rows[at]?.scrollIntoView({ block: "nearest" });
  if (at >= 0) $("input").setAttribute("aria-activedescendant", `option-${at}`);
  else $("input").removeAttribute("aria-activedescendant");
}

// True when the key was for the list.
export function key(event) {
  if (!isOpen()) return false;
  if (event.key === "ArrowDown") activate((active + 1) % items.length);
  else if (event.key === "ArrowUp") activate((active - 1 + items.length) % items.length);
  else if (event.key === "Escape") hide();
  else if (event.key === "Enter" && !event.shiftKey && active >= 0) take(items[active].value, false);
  else if (event.key === "Tab" && !event.shiftKey && active >= 0) take(items[active].value, true);
  else return false;
  event.preventDefault();
  return true;
}

// A message's text with its entities, as elements. Offsets are UTF-16 units, which is how JavaScript counts too.

import { el } from "./dom.js";

const TAGS = { bold: "strong", italic: "em", underline: "u", strikethrough: "s", code: "code" };
const BLOCKS = ["pre", "blockquote", "expandable_blockquote"];
const SAFE_LINK = /^(https?|tg|mailto|tel):/i;

// `on` has what taps lead to: command(text), link(url) which returns true when it was handled here.
export function richText(text, entities, on) {
  const waiting = [...(entities ?? [])].sort((a, b) => a.offset - b.offset || b.length - a.length);
  const fragment = document.createDocumentFragment();
  fill(fragment, text, waiting, 0, text.length, on);
  return fragment;
}

function fill(parent, text, waiting, start, end, on) {
  let at = start;
  while (waiting.length && waiting[0].offset < end) {
    const entity = waiting.shift();
    const stop = Math.min(entity.offset + entity.length, end);
    const from = Math.max(entity.offset, at);
    if (stop <= from) continue;
    keepRest(waiting, entity, stop);
    const block = BLOCKS.includes(entity.type);
    parent.append(before(text.slice(at, from), block));
    const { outer, inner } = wrap(entity, text.slice(from, stop), on);
    fill(inner, text, waiting, from, stop, on);
    parent.append(outer);
    at = block && text[stop] === "\n" ? stop + 1 : stop;
  }
  parent.append(text.slice(at, end));
}

// An entity that reaches beyond its surroundings goes on after them.
function keepRest(waiting, entity, stop) {
  const rest = entity.offset + entity.length - stop;
  if (rest > 0) waiting.unshift({ ...entity, offset: stop, length: rest });
}

// A block begins a new line by itself.
function before(text, block) {
  return block && text.endsWith("\n") ? text.slice(0, -1) : text;
}

function wrap(entity, text, on) {
  const make = WRAPPERS[entity.type];
  if (make) return make(entity, text, on);
  const element = el(TAGS[entity.type] ?? "span");
  return { outer: element, inner: element };
}

function link(url, on) {
  if (!SAFE_LINK.test(url)) return el("span");
  const onclick = (event) => {
    if (on.link(url)) event.preventDefault();
  };
  return el("a", { href: url, target: "_blank", rel: "noopener noreferrer", onclick });
}

const same = (element) => ({ outer: element, inner: element });

const WRAPPERS = {
  text_link: (entity, _text, on) => same(link(entity.url, on)),
  url: (_entity, text, on) => same(link(/^\w+:/.test(text) ? text : `http://${text}`, on)),
  email: (_entity, text, on) => same(link(`mailto:${text}`, on)),
  bot_command: (_entity, text, on) =>
    same(el("button", { type: "button", class: "command", onclick: () => on.command(text) })),
  pre: (entity) => same(el("pre", { "data-language": entity.language })),
  blockquote: () => same(el("blockquote")),
  expandable_blockquote: expandable,
  spoiler,
};

function spoiler() {
  const element = el("span", { class: "spoiler", role: "button", tabindex: "0", "aria-label": "Hidden text, press to show" });
  const show = (event) => {
    if (event.type === "keydown" && !["Enter", " "].includes(event.key)) return;
    event.preventDefault();
    element.classList.add("shown");
    for (const name of ["role", "tabindex", "aria-label"]) element.removeAttribute(name);
  };
  element.addEventListener("click", show, { once: true });
  element.addEventListener("keydown", show);
  return same(element);
}

function expandable() {
  const inner = el("div", { class: "quoted" });
  const toggle = el("button", { type: "button", class: "quote-toggle", "aria-expanded": "false" }, "Show more");
  const outer = el("blockquote", { class: "expandable collapsed" }, inner, toggle);
  const turn = () => {
    const collapsed = outer.classList.toggle("collapsed");
    toggle.setAttribute("aria-expanded", String(!collapsed));
    toggle.textContent = collapsed ? "Show more" : "Show less";
  };
  outer.addEventListener("click", (event) => {
    if (event.target !== toggle && (event.target.closest("a, button") || String(getSelection()))) return;
    if (!outer.classList.contains("short")) turn();
  });
  return { outer, inner };
}

// Called once the text is on the page: a quote that fits needs no button.
export function settleQuotes(root) {
  for (const quote of root.querySelectorAll("blockquote.expandable.collapsed")) {
    const inner = quote.querySelector(".quoted");
    quote.classList.toggle("short", inner.scrollHeight <= inner.clientHeight + 2);
  }
}

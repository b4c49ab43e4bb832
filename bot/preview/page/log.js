// The list of messages: days, groups, what is new, and staying at the end only for who is at the end.

import { $, day, el } from "./dom.js";
import { messageElement } from "./message.js";
import { settleQuotes } from "./text.js";

const NEAR = 80;
const SAME_GROUP = 300; // seconds
let chat = null;
let isMine = null;
let on = null;
let missed = 0;
let following = true;
let lastSize = "";

export function setUpLog(actions) {
  on = actions;
  $("log").addEventListener("scroll", onScroll, { passive: true });
  $("to-end").addEventListener("click", () => toEnd(true));
  const watch = new ResizeObserver(() => (following ? toEnd() : showToEnd()));
  watch.observe($("log"));
  watch.observe($("messages"));
}

// Only a person's scrolling counts; when the room itself changes (a keyboard comes up), whoever was at the end stays there.
function onScroll() {
  if (size() === lastSize) following = atEnd();
  showToEnd();
}

const size = () => `${$("log").clientHeight} ${$("log").scrollHeight}`;

export function open(nextChat, mine) {
  chat = nextChat;
  isMine = mine;
  $("log").setAttribute("aria-live", "off"); // a whole history is not news
  $("messages").replaceChildren();
  chat.messages.forEach((message, at) => place(message, chat.messages[at - 1]));
  settleQuotes($("messages"));
  toEnd();
  requestAnimationFrame(() => $("log").setAttribute("aria-live", "polite"));
}

export function add(message) {
  const follow = following || isMine(message);
  const element = place(message, chat.messages.at(-2));
  element.classList.add("new");
  settleQuotes(element);
  if (follow) toEnd();
  else missed += 1;
  showToEnd();
}

export function change(message) {
  const old = find(message.message_id);
  if (!old) return;
  const follow = following;
  const hadFocus = old.contains(document.activeElement);
  const element = make(message);
  for (const name of ["joined", "followed"]) element.classList.toggle(name, old.classList.contains(name));
  old.replaceWith(element);
  settleQuotes(element);
  if (hadFocus) (element.querySelector(".key") ?? $("input")).focus({ preventScroll: true });
  if (follow) toEnd();
}

export function remove(id) {
  find(id)?.remove();
}

const find = (id) => $("messages").querySelector(`[data-id="${Number(id)}"]`);

function place(message, previous) {
  if (!previous || day(previous.date) !== day(message.date)) {
    $("messages").append(el("div", { class: "day" }, el("span", {}, day(message.date))));
  }
  const element = make(message);
  const joined = previous && previous.from.id === message.from.id && message.date - previous.date < SAME_GROUP;
  element.classList.toggle("joined", Boolean(joined));
  if (joined) find(previous.message_id)?.classList.add("followed");
  $("messages").append(element);
  return element;
}

const make = (message) => messageElement(message, { mine: isMine(message), showName: !chat.private && !isMine(message) }, on);

function atEnd() {
  const log = $("log");
  return log.scrollHeight - log.scrollTop - log.clientHeight < NEAR;
}

export function toEnd(smooth = false) {
  $("log").scrollTo({ top: $("log").scrollHeight, behavior: smooth ? "smooth" : "instant" });
  following = true;
  showToEnd();
}

function showToEnd() {
  lastSize = size();
  if (atEnd()) missed = 0;
  $("to-end").hidden = atEnd();
  $("missed").hidden = !missed;
  $("missed").textContent = String(missed);
}

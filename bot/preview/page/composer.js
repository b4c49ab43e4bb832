// The message field and what belongs to it: sending, editing, replying, commands, inline queries, the bot's keyboard.

import { $, el } from "./dom.js";
import { summary } from "./message.js";
import { openMenu, toast } from "./panels.js";
import * as popup from "./popup.js";

const INLINE_PAUSE = 250;
let editing = null;
let replying = null;
let inlineTimer = 0;
let room = null; // { chat(), act(what, details), username() }

export function setUpComposer(given) {
  room = given;
  $("composer").addEventListener("submit", (event) => {
    event.preventDefault();
    submit();
  });
  $("input").addEventListener("keydown", onKey);
  $("input").addEventListener("input", onInput);
  $("input").addEventListener("blur", () => popup.hide());
  $("commands").addEventListener("pointerdown", (event) => event.preventDefault());
  $("commands").addEventListener("click", toggleCommands);
  $("attach").addEventListener("click", () => openMenu($("attach"), SENDABLE.map(sendable)));
  $("banner-close").addEventListener("click", leave);
  $("keyboard-toggle").addEventListener("click", () => showKeys($("reply-keyboard").hidden));
}

function onKey(event) {
  if (event.isComposing || popup.key(event)) return;
  if (event.key === "Enter" && !event.shiftKey) {
    event.preventDefault();
    submit();
  } else if (event.key === "ArrowUp" && !$("input").value && !editing) {
    const last = lastOwnText();
    if (last) {
      event.preventDefault();
      edit(last);
    }
  } else if (event.key === "Escape") leave();
}

async function submit() {
  const text = $("input").value;
  if (!text.trim()) return;
  const job = editing
    ? room.act("edit", { message_id: editing.message_id, text })
    : room.act("say", { text, reply_to: replying?.message_id });
  setInput("");
  leave();
  await job;
}

export function setInput(text) {
  $("input").value = text;
  onInput();
}

function onInput() {
  const input = $("input");
  input.style.height = "auto";
  input.style.height = `${Math.min(input.scrollHeight, 160)}px`;
  $("send").classList.toggle("ready", Boolean(input.value.trim()));
  clearTimeout(inlineTimer);
  const slash = /^\/(\w*)$/.exec(input.value);
  const inline = inlineQuery();
  if (slash) showCommands(slash[1]);
  else popup.hide();
  if (inline !== null) inlineTimer = setTimeout(() => room.act("inline", { query: inline }), INLINE_PAUSE);
}

// What stands after "@bot ", or null.
function inlineQuery() {
  const start = `@${room.username()} `;
  return $("input").value.startsWith(start) ? $("input").value.slice(start.length) : null;
}

export function showInlineResults(query, results, button) {
  if (inlineQuery() !== query) return;
  const list = results.map((one) => ({ title: one.title ?? one.id, note: one.description, value: one }));
  if (button) list.push({ title: button.text, note: "Opens the private chat", value: button });
  popup.show(list, "Results", (chosen) => {
    setInput("");
    if (chosen === button) room.act("start", { payload: button.start_parameter });
    else room.act("choose", { result: chosen });
  });
}

function showCommands(typed) {
  const fitting = room.chat().commands.filter((one) => one.command.startsWith(typed.toLowerCase()));
  const list = fitting.map((one) => ({ title: `/${one.command}`, note: one.description, value: `/${one.command}` }));
  popup.show(list, "Commands", (command, completeOnly) => {
    setInput(completeOnly ? `${command} ` : "");
    popup.hide();
    if (!completeOnly) room.act("say", { text: command });
  });
}

function toggleCommands() {
  $("input").focus();
  if (popup.isOpen()) return popup.hide();
  if (!room.chat().commands.length) return toast("The bot has set no commands here");
  showCommands("");
}

const SENDABLE = [
  ["photo", "Photo", "photo"],
  ["document", "File", "file"],
  ["voice", "Voice message", "voice"],
  ["sticker", "Sticker", "sticker"],
  ["location", "Location", "location"],
  ["contact", "Contact", "contact"],
];

const sendable = ([what, label, name]) => ({ label: `${label} (a sample)`, icon: name, act: () => room.act(what, {}) });

function lastOwnText() {
  const own = room.chat().messages.filter((one) => !one.from.is_bot && one.text);
  return own.at(-1);
}

export function edit(message) {
  editing = message;
  replying = null;
  banner("edit", "Edit message", message.text);
  setInput(message.text);
  $("input").focus();
}

export function reply(message) {
  replying = message;
  editing = null;
  banner("reply", `Reply to ${message.from.first_name}`, summary(message));
  $("input").focus();
}

function banner(name, title, text) {
  $("banner").hidden = false;
  $("banner").querySelector("use").setAttribute("href", `#i-${name}`);
  $("banner-title").textContent = title;
  $("banner-text").textContent = text;
}

// Give up editing or replying.
export function leave() {
  if (editing) setInput("");
  editing = replying = null;
  $("banner").hidden = true;
  popup.hide();
}

export function showKeyboard(markup) {
  const rows = markup?.keyboard ?? [];
  $("reply-keyboard").replaceChildren(...rows.map((row) => el("div", { class: "row" }, ...row.map((key) => replyKey(key, markup)))));
  $("keyboard-toggle").hidden = !rows.length;
  $("input").placeholder = markup?.input_field_placeholder ?? "Message";
  showKeys(rows.length > 0);
}

function showKeys(shown) {
  $("reply-keyboard").hidden = !shown;
  $("keyboard-toggle").setAttribute("aria-expanded", String(shown));
}

function replyKey(key, markup) {
  const text = key.text ?? key;
  return el("button", { type: "button", class: "key", onclick: () => press(key, text, markup) }, el("span", {}, text));
}

function press(key, text, markup) {
  if (key.request_contact) room.act("contact", {});
  else if (key.request_location) room.act("location", {});
  else room.act("say", { text });
  if (markup.one_time_keyboard) showKeys(false);
}

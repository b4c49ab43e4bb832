// The chat page: keeps the conversations in step with the server and puts the parts together.

import * as composer from "./composer.js";
import { $, clock, el } from "./dom.js";
import * as log from "./log.js";
import { summary } from "./message.js";
import { alertBox, openMenu, setUpViewer, showPhoto, toast } from "./panels.js";
import { act as tell, fetchState, follow } from "./server.js";

const TYPING_FOR = 5500;
const THEMES = ["auto", "light", "dark"];
let state = null;
let current = null;
let typingTimer = 0;
let lost = false;
const unread = new Map();
const pressed = new Map();

const chatOf = (id) => state.chats.find((chat) => chat.id === id);
const writer = () => state.people.find((person) => person.key === $("by").value) ?? state.people[0];
const ownerId = () => (current.private ? current.id : writer().id);
const isMine = (message) => message.from.id === ownerId() && !message.from.is_bot;

async function act(what, details) {
  try {
    return await tell(what, { chat: current.id, by: writer().key, ...details });
  } catch (problem) {
    toast(lost ? "The preview is not running" : problem.message);
    return null;
  }
}

// What taps on a message lead to
const onMessage = {
  command: (text) => act("say", { text }),
  link: (url) => followDeepLink(url),
  photo: showPhoto,
  press: pressButton,
  menu: (message, anchor) => openMenu(anchor, messageMenu(message)),
};

function followDeepLink(url) {
  const found = new RegExp(`^https?://t\\.me/${state.bot.username}(?:\\?start=([\\w-]*))?$`, "i").exec(url);
  if (found) act("start", { payload: found[1] ?? "" });
  return Boolean(found);
}

function pressButton(message, button, element) {
  if (button.url) {
    if (!followDeepLink(button.url)) window.open(button.url, "_blank", "noopener,noreferrer");
  } else if (button.copy_text) copy(button.copy_text.text);
  else if ("switch_inline_query_current_chat" in button) {
    composer.setInput(`@${state.bot.username} ${button.switch_inline_query_current_chat}`);
    $("input").focus();
  } else if (button.callback_data) {
    element.classList.add("waiting");
    element.setAttribute("aria-busy", "true");
    pressed.set(`${message.message_id} ${button.callback_data}`, element);
    act("press", { message_id: message.message_id, data: button.callback_data });
  } else toast("This kind of button does nothing in the preview");
}

async function copy(text) {
  await navigator.clipboard.writeText(text);
  toast("Copied");
}

function messageMenu(message) {
  const text = message.text ?? message.caption;
  const items = [{ label: "Reply", icon: "reply", act: () => composer.reply(message) }];
  if (isMine(message) && message.text) items.push({ label: "Edit", icon: "edit", act: () => composer.edit(message) });
  if (text) items.push({ label: "Copy text", icon: "copy", act: () => copy(text) });
  return items;
}

// What the server tells
const onEvent = {
  hello: ({ world }) => world !== state.world && reload(),
  reload: () => reload(),
  bot: () => refreshProfile(),
  message: ({ message }, chat) => {
    chat.messages.push(message);
    if (message.from.is_bot) stopTyping(chat);
    if (chat === current) log.add(message);
    else if (message.from.is_bot) unread.set(chat.id, (unread.get(chat.id) ?? 0) + 1);
    showPeople();
    showEmpty();
  },
  edit: ({ message }, chat) => {
    replace(chat, message);
    if (chat === current) log.change(message);
    showPeople();
  },
  delete: ({ message_id: id }, chat) => {
    chat.messages = chat.messages.filter((message) => message.message_id !== id);
    if (chat === current) log.remove(id);
    showPeople();
  },
  reaction: ({ message_id: id, emoji }, chat) => {
    const message = chat.messages.find((one) => one.message_id === id);
    if (!message) return;
    message.reaction = emoji;
    if (chat === current) log.change(message);
  },
  action: (_event, chat) => {
    chat.typing = true;
    clearTimeout(typingTimer);
    typingTimer = setTimeout(() => stopTyping(chat), TYPING_FOR);
    showStatus();
  },
  answer: (event, chat) => {
    const element = pressed.get(`${event.message_id} ${event.data}`);
    element?.classList.remove("waiting");
    element?.removeAttribute("aria-busy");
    if (event.url) followDeepLink(event.url);
    if (!event.text || chat !== current) return;
    if (event.alert) alertBox(chat.bot.name, event.text);
    else toast(event.text);
  },
  keyboard: ({ keyboard }, chat) => {
    chat.keyboard = keyboard;
    if (chat === current) composer.showKeyboard(keyboard);
  },
  inline: ({ query, results, button }, chat) => chat === current && composer.showInlineResults(query, results, button),
  blocked: ({ blocked }, chat) => {
    chat.blocked = blocked;
    showStatus();
  },
  reset: (_event, chat) => {
    chat.messages = [];
    chat.keyboard = null;
    if (chat === current) open(chat);
    showPeople();
  },
};

function replace(chat, message) {
  const at = chat.messages.findIndex((one) => one.message_id === message.message_id);
  if (at >= 0) chat.messages[at] = message;
}

function stopTyping(chat) {
  chat.typing = false;
  showStatus();
}

async function reload() {
  state = await fetchState();
  open(chatOf(current.id));
}

async function refreshProfile() {
  const fresh = await fetchState();
  state.bot = fresh.bot;
  for (const chat of fresh.chats) {
    const { commands, bot, menu_button } = chat;
    Object.assign(chatOf(chat.id), { commands, bot, menu_button });
  }
  showStatus();
  showEmpty();
  showPeople();
}

// What is on the screen
function open(chat) {
  current = chat;
  unread.delete(chat.id);
  composer.leave();
  log.open(chat, isMine);
  composer.showKeyboard(chat.keyboard);
  $("as").hidden = chat.private;
  localStorage.setItem("preview-chat", chat.key);
  showStatus();
  showEmpty();
  showPeople();
}

function showStatus() {
  const name = current.private ? current.bot.name : current.title;
  $("title").textContent = name;
  document.title = name;
  paintAvatar($("avatar"), name);
  $("status").replaceChildren(...statusLine());
  $("status").classList.toggle("busy", Boolean(current.typing) && !lost);
  $("composer").hidden = current.blocked;
  $("unblock").hidden = !current.blocked;
}

function statusLine() {
  if (lost) return ["connection lost, trying again"];
  if (!state.bot.connected) return ["waiting for the bot to start"];
  if (current.typing) return ["typing", el("span", { class: "dots", "aria-hidden": "true" }, el("i"), el("i"), el("i"))];
  return [current.private ? `bot · you are ${current.title}` : `${state.people.map((one) => one.name).join(", ")} and the bot`];
}

function showEmpty() {
  const empty = current.messages.length === 0;
  $("empty").hidden = !empty;
  $("log").classList.toggle("is-empty", empty);
  if (!empty) return;
  paintAvatar($("empty-avatar"), current.private ? current.bot.name : current.title);
  $("empty-title").textContent = current.private ? "What can this bot do?" : current.title;
  const about = current.bot.description || "The bot has not set a description yet.";
  const group = "Here the bot sees only commands, replies to it, and messages that mention it.";
  $("empty-text").textContent = current.private ? about : group;
  $("start").hidden = !current.private;
}

function showPeople() {
  $("chats").replaceChildren(...state.chats.map(personRow));
}

function personRow(chat) {
  const last = chat.messages.at(-1);
  const count = unread.get(chat.id);
  const face = el("span", { class: "avatar", "aria-hidden": "true" });
  paintAvatar(face, chat.title);
  const language = chat.language ?? "no language";
  const top = el("span", { class: "line" }, el("strong", {}, chat.title), el("small", {}, last ? clock(last.date) : ""));
  const hint = chat.private ? `No messages yet · ${language}` : "Bot sees only what is meant for it";
  const bottom = el("span", { class: "line" }, el("span", { class: "last" }, last ? summary(last) : hint));
  if (count) bottom.append(el("span", { class: "badge", "aria-label": `${count} unread` }, String(count)));
  const show = () => {
    open(chat);
    $("app").dataset.view = "chat";
    if (matchMedia("(pointer: fine)").matches) $("input").focus();
  };
  const button = el("button", { type: "button", "aria-current": chat === current ? "true" : false, onclick: show }, face, el("span", { class: "lines" }, top, bottom));
  return el("li", {}, button);
}

function paintAvatar(element, name) {
  element.textContent = [...name][0]?.toUpperCase() ?? "";
  const sum = [...name].reduce((total, letter) => total + letter.codePointAt(0), 0);
  element.dataset.colour = String(sum % 6);
}

// Light and dark
function setTheme(theme) {
  document.documentElement.dataset.theme = theme;
  localStorage.setItem("preview-theme", theme);
  $("theme").setAttribute("aria-label", `Theme: ${theme}. Change`);
  $("theme").title = `Theme: ${theme}`;
}

function nextTheme() {
  const at = THEMES.indexOf(document.documentElement.dataset.theme);
  setTheme(THEMES[(at + 1) % THEMES.length]);
}

function chatMenu() {
  const items = [{ label: "Clear history", icon: "clear", act: () => act("reset", {}) }];
  const block = { label: "Block the bot", icon: "block", danger: true, act: () => act("block", {}) };
  const unblock = { label: "Unblock the bot", icon: "block", act: () => act("unblock", {}) };
  if (current.private) items.push(current.blocked ? unblock : block);
  if (current.private) items.push({ label: "Save this chat as a test", icon: "file", act: saveAsTest });
  return [...items, { label: "Change theme", icon: "theme", act: nextTheme }];
}

// The browser saves it as a file; put it into tests/conversations/, and `run_bot.py test` plays it.
function saveAsTest() {
  if (!current.messages.length) return toast("Nothing was said yet");
  el("a", { href: `/here/test/${current.key}`, download: `${current.key}.yaml` }).click();
  toast("Saved. Put the file into tests/conversations/");
}

// `/?start=payload` (and `&chat=sam`): as if a link to the bot was followed. Only once, so a reload does not repeat it.
async function followAddress() {
  const address = new URLSearchParams(location.search);
  if (!address.size) return;
  history.replaceState(null, "", "/");
  if (address.has("start")) await act("start", { payload: address.get("start") });
}

async function begin() {
  setTheme(localStorage.getItem("preview-theme") ?? "auto");
  state = await fetchState();
  const wanted = new URLSearchParams(location.search).get("chat") ?? localStorage.getItem("preview-chat");
  $("by").append(...state.people.map((person) => el("option", { value: person.key }, person.name)));
  current = state.chats.find((chat) => chat.key === wanted) ?? state.chats[0];
  composer.setUpComposer({ chat: () => current, act, username: () => state.bot.username });
  log.setUpLog(onMessage);
  setUpViewer();
  open(current);
  listen();
  follow(state.last, {
    onEvent: (event) => onEvent[event.kind]?.(event, event.chat === null ? null : chatOf(event.chat)),
    onLost: () => setLost(true),
    onBack: () => setLost(false),
  });
  await followAddress();
}

function setLost(isLost) {
  lost = isLost;
  showStatus();
}

function listen() {
  $("theme").addEventListener("click", nextTheme);
  $("back").addEventListener("click", () => {
    $("app").dataset.view = "people";
    $("chats").querySelector("[aria-current]")?.focus();
  });
  $("start").addEventListener("click", () => act("start", {}));
  $("unblock").addEventListener("click", () => act("unblock", {}));
  $("chat-menu").addEventListener("click", () => openMenu($("chat-menu"), chatMenu()));
  $("by").addEventListener("change", () => open(current));
}

begin();

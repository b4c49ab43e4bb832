// One message as a bubble: who, what, when, and its inline keyboard.

import { clock, el, fileSize, icon } from "./dom.js";
import { richText } from "./text.js";

const PHOTO_WIDTH = 420;
const STYLES = ["primary", "success", "danger"];

// `on`: command, link, press(message, button, element), photo(src, alt), menu(message, element)
export function messageElement(message, { mine, showName }, on) {
  const parts = [showName ? el("p", { class: "name" }, message.from.first_name) : null, via(message), quoted(message), ...body(message, on)];
  const bare = "sticker" in message;
  const bubble = el("div", { class: bare ? "bubble bare" : "bubble" }, speaker(message, mine), ...parts, meta(message));
  const stack = el("div", { class: "stack" }, bubble, keyboard(message, on), reactions(message));
  fitToPhoto(stack, message);
  const more = el("button", { type: "button", class: "icon actions", "aria-label": "Message options", "aria-haspopup": "menu" }, icon("more"));
  more.addEventListener("click", () => on.menu(message, more));
  const root = el("div", { class: `message ${mine ? "mine" : "theirs"}`, "data-id": message.message_id }, stack, more);
  bubble.addEventListener("contextmenu", (event) => {
    if (event.target.closest("a") || String(getSelection())) return;
    event.preventDefault();
    on.menu(message, more);
  });
  return root;
}

// Heard by a screen reader, seen by nobody.
function speaker(message, mine) {
  return el("span", { class: "unseen" }, mine ? "You: " : `${message.from.first_name}: `);
}

// A result of an inline query that a person chose.
function via(message) {
  return message.via_bot ? el("p", { class: "name" }, `via @${message.via_bot.username}`) : null;
}

function quoted(message) {
  const reply = message.reply_to_message;
  if (!reply) return null;
  return el("div", { class: "quoted-message" }, el("strong", {}, reply.from.first_name), el("span", {}, summary(reply)));
}

function body(message, on) {
  const caption = message.caption ?? message.text;
  const text = caption ? el("div", { class: "text" }, richText(caption, message.entities ?? message.caption_entities, on)) : null;
  const kind = Object.keys(MEDIA).find((name) => name in message);
  return [kind ? MEDIA[kind](message, on) : null, text];
}

function meta(message) {
  const edited = message.edit_date ? "edited " : "";
  return el("span", { class: "meta" }, `${edited}${clock(message.date)}`);
}

const MEDIA = {
  photo: (message, on) => {
    const photo = message.photo.at(-1);
    const src = `/here/file/${photo.file_id}`;
    const alt = message.caption ?? "Photo";
    const image = el("img", { src, alt, width: photo.width, height: photo.height, decoding: "async" });
    return el("button", { type: "button", class: "photo", "aria-label": `Enlarge: ${alt}`, onclick: () => on.photo(src, alt) }, image);
  },
  document: (message) => {
    const file = message.document;
    const link = { class: "card", href: `/here/file/${file.file_id}?save`, download: file.file_name };
    return el("a", link, el("span", { class: "disc" }, icon("file")), lines(file.file_name, fileSize(file.file_size)));
  },
  sticker: (message) => {
    const face = icon("face");
    face.setAttribute("class", "sticker");
    face.setAttribute("role", "img");
    face.setAttribute("aria-label", `Sticker ${message.sticker.emoji ?? ""}`);
    face.removeAttribute("aria-hidden");
    return face;
  },
  voice: (message) => {
    const length = `0:${String(message.voice.duration).padStart(2, "0")}`;
    return el("div", { class: "card" }, el("span", { class: "disc" }, icon("voice")), lines("Voice message", length));
  },
  location: ({ location }) => {
    const place = `${location.latitude.toFixed(2)}, ${location.longitude.toFixed(2)}`;
    return el("div", { class: "card" }, el("span", { class: "disc" }, icon("location")), lines("Location", place));
  },
  contact: ({ contact }) =>
    el("div", { class: "card" }, el("span", { class: "disc" }, icon("contact")), lines(contact.first_name, contact.phone_number)),
};

const lines = (first, second) => el("span", { class: "lines" }, el("strong", {}, first), el("small", {}, second));

function fitToPhoto(stack, message) {
  if (!message.photo) return;
  const { width, height } = message.photo.at(-1);
  const wide = Math.min(PHOTO_WIDTH, Math.max(width, 200), Math.max(200, (PHOTO_WIDTH * width) / height));
  stack.classList.add("with-photo");
  stack.style.width = `min(100%, ${Math.round(wide)}px)`;
}

function keyboard(message, on) {
  const rows = message.reply_markup?.inline_keyboard;
  if (!rows?.length) return null;
  return el("div", { class: "keyboard" }, ...rows.map((row) => el("div", { class: "row" }, ...row.map((one) => button(message, one, on)))));
}

function button(message, one, on) {
  const style = STYLES.includes(one.style) ? ` ${one.style}` : "";
  const element = el("button", { type: "button", class: `key${style}` }, el("span", {}, one.text));
  if (one.url) element.append(icon("out"));
  if (one.copy_text) element.append(icon("copy"));
  element.addEventListener("click", () => on.press(message, one, element));
  return element;
}

function reactions(message) {
  if (!message.reaction?.length) return null;
  return el("div", { class: "reactions" }, ...message.reaction.map((emoji) => el("span", {}, emoji)));
}

export function summary(message) {
  if (message.text) return message.text;
  const names = { photo: "Photo", document: message.document?.file_name, sticker: "Sticker", voice: "Voice message", location: "Location", contact: "Contact" };
  const kind = Object.keys(names).find((name) => name in message);
  return message.caption ?? names[kind] ?? "Message";
}

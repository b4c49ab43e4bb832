// What comes up over the chat: menus, toasts, alerts, and the photo viewer.

import { $, el, icon } from "./dom.js";

const TOAST_FOR = 3500;
let toastTimer = 0;
let closeOpenMenu = null;

export function toast(text) {
  clearTimeout(toastTimer);
  $("toast").textContent = text;
  $("toast").classList.add("shown");
  toastTimer = setTimeout(() => $("toast").classList.remove("shown"), TOAST_FOR);
}

export function alertBox(title, text) {
  $("alert-title").textContent = title;
  $("alert-text").textContent = text;
  if (!$("alert").open) $("alert").showModal();
}

export function showPhoto(src, alt) {
  $("viewer-image").src = src;
  $("viewer-image").alt = alt;
  $("viewer-caption").textContent = alt === "Photo" ? "" : alt;
  $("viewer").showModal();
}

export function setUpViewer() {
  $("viewer").addEventListener("click", (event) => {
    if (!event.target.closest("button")) $("viewer").close();
  });
}

// `items`: {label, icon, danger, act}. Arrow keys move, Escape leaves and gives the focus back.
export function openMenu(anchor, items) {
  closeOpenMenu?.();
  const menu = el("div", { class: "menu", role: "menu" });
  menu.append(...items.map((item) => menuItem(item)));
  document.body.append(menu);
  place(menu, anchor);
  anchor.setAttribute("aria-expanded", "true");

  const away = (event) => {
    if (!menu.contains(event.target) && !anchor.contains(event.target)) close(false);
  };
  const close = (giveBack = true) => {
    menu.remove();
    anchor.setAttribute("aria-expanded", "false");
    document.removeEventListener("pointerdown", away);
    closeOpenMenu = null;
    if (giveBack) anchor.focus();
  };
  closeOpenMenu = close;
  document.addEventListener("pointerdown", away);
  menu.addEventListener("keydown", (event) => moveInMenu(event, menu, close));
  menu.addEventListener("click", () => close());
  menu.firstElementChild.focus();
}

function menuItem(item) {
  const attributes = { type: "button", role: "menuitem", tabindex: "-1", class: item.danger ? "danger" : "" };
  const element = el("button", attributes, icon(item.icon), item.label);
  element.addEventListener("click", () => setTimeout(item.act)); // once the menu is closed and the focus is back
  return element;
}

function moveInMenu(event, menu, close) {
  const all = [...menu.children];
  const at = all.indexOf(document.activeElement);
  const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: all.length - 1 }[event.key];
  if (to !== undefined) all[(to + all.length) % all.length].focus();
  else if (event.key === "Escape" || event.key === "Tab") close();
  else return;
  event.preventDefault();
}

function place(menu, anchor) {
  const box = anchor.getBoundingClientRect();
  const { offsetWidth: width, offsetHeight: height } = menu;
  const left = Math.min(Math.max(8, box.right - width), innerWidth - width - 8);
  const below = box.bottom + height + 8 < innerHeight;
  menu.style.left = `${left}px`;
  menu.style.top = `${below ? box.bottom + 4 : Math.max(8, box.top - height - 4)}px`;
}

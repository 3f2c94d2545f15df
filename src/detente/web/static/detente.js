// Keys and the tie between marked words and their cards. Everything works without this file, by links and buttons.
"use strict";
(() => {
  const root = document.documentElement;
  const themes = ["auto", "light", "dark"];

  const setTheme = (theme) => {
    if (theme === "auto") delete root.dataset.theme;
    else root.dataset.theme = theme;
    const button = document.querySelector("[data-theme-switch]");
    if (button) button.textContent = `colours: ${theme}`;
  };
  const savedTheme = () => {
    try { return localStorage.getItem("theme") || "auto"; } catch { return "auto"; }
  };
  const nextTheme = () => {
    const theme = themes[(themes.indexOf(savedTheme()) + 1) % themes.length];
    try { localStorage.setItem("theme", theme); } catch { /* kept for this page alone */ }
    setTheme(theme);
  };

  const marksOf = (id) => [...document.querySelectorAll(`[data-of~="${CSS.escape(id)}"]`)];
  const light = (id, on) => {
    marksOf(id).forEach((mark) => mark.classList.toggle("lit", on));
    document.getElementById(id)?.classList.toggle("lit", on);
  };
  const items = () => [...document.querySelectorAll("[data-item]")];
  const walk = (step) => {
    const all = items();
    if (!all.length) return;
    const at = all.findIndex((item) => item.classList.contains("current"));
    const next = all[at < 0 ? (step > 0 ? 0 : all.length - 1) : (at + step + all.length) % all.length];
    all.forEach((item) => { item.classList.remove("current"); light(item.id, false); });
    next.classList.add("current");
    light(next.id, true);
    next.focus({ preventScroll: true });
    next.scrollIntoView({ block: "nearest" });
    marksOf(next.id)[0]?.scrollIntoView({ block: "center" });
  };
  const search = () => {
    const field = document.querySelector("input[type=search]");
    field?.focus();
    field?.select();
  };
  const press = (key) => {
    const scope = document.querySelector("[data-item].current") || document;
    const name = key === " " ? "space" : key;
    const target = scope.querySelector(`[data-key="${CSS.escape(name)}"]`) ||
      (scope === document ? null : document.querySelector(`main > [data-key="${CSS.escape(name)}"], .deck [data-key="${CSS.escape(name)}"]`));
    if (!target) return false;
    if (target.matches("details")) { target.open = true; target.querySelector("select, input:not([type=hidden])")?.focus(); }
    else target.click();
    return true;
  };

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "Escape") document.activeElement?.blur?.();
    if (event.target.closest("input, textarea, select")) return;
    if (event.key === " " && event.target.closest("button, a, summary")) return;
    if (event.key === "j") walk(1);
    else if (event.key === "k") walk(-1);
    else if (event.key === "/") search();
    else if (event.key === "?") location.assign("/help");
    else if (!press(event.key)) return;
    event.preventDefault();
  });
  for (const [kind, on] of [["mouseover", true], ["mouseout", false], ["focusin", true], ["focusout", false]]) {
    document.addEventListener(kind, (event) => {
      const place = event.target.closest?.("[data-of], [data-item]");
      if (!place) return;
      for (const id of (place.dataset.of || place.id).split(" ")) light(id, on);
    });
  }
  document.addEventListener("click", (event) => {
    if (event.target.closest("[data-theme-switch]")) nextTheme();
  });
  document.addEventListener("input", (event) => {
    if (!event.target.matches("input[type=range]")) return;
    const percent = Math.round(100 * event.target.value);
    event.target.setAttribute("aria-valuetext", `${percent} percent`);
    const shown = event.target.parentElement.querySelector("output");
    if (shown) shown.textContent = `${percent} %`;
  });
  document.addEventListener("change", (event) => {
    if (event.target.matches("form.filters[method=get] :is(select, input[type=range])")) event.target.form.requestSubmit();
  });
  setTheme(savedTheme());
  document.addEventListener("DOMContentLoaded", () => setTheme(savedTheme()));
})();

"use strict";
(() => {
  const views = [...document.querySelectorAll(".view")];
  const overview = document.getElementById("overview");
  const heading = document.getElementById("findings");
  const form = document.getElementById("filters");
  const cards = [...document.querySelectorAll(".finding")];
  const exact = ["kind", "touchpoint"];
  const title = document.title;
  let texts = null;

  function textOf(at) {
    texts ??= cards.map((card) => card.textContent.toLowerCase());
    return texts[at];
  }

  function isWanted(card, at, wanted) {
    const { rule, severity } = card.dataset;
    const severities = wanted.getAll("severity");
    const words = wanted.get("text").toLowerCase().split(/\s+/).filter(Boolean);
    return (
      (severities.length === 0 || severities.includes(severity)) &&
      (!wanted.get("rule") || rule === wanted.get("rule") || rule.startsWith(`${wanted.get("rule")}/`)) &&
      exact.every((name) => !wanted.get(name) || card.dataset[name] === wanted.get(name)) &&
      words.every((word) => textOf(at).includes(word))
    );
  }

  function filter() {
    const wanted = new FormData(form);
    let shown = 0;
    cards.forEach((card, at) => {
      card.hidden = !isWanted(card, at, wanted);
      shown += card.hidden ? 0 : 1;
    });
    const all = cards.length === 1 ? "1 finding" : `${cards.length} findings`;
    form.querySelector("output").textContent = shown === cards.length ? all : `${shown} of ${all}`;
  }

  function fragment() {
    const chosen = new URLSearchParams();
    for (const [name, value] of new FormData(form)) if (value) chosen.append(name, value);
    return chosen.size ? `#?${chosen}` : "#findings";
  }

  function choose(wanted) {
    form.reset();
    for (const [name, value] of wanted) {
      for (const field of form.querySelectorAll(`[name="${CSS.escape(name)}"]`)) {
        if (field.type !== "checkbox") field.value = value;
        else if (field.value === value) field.checked = true;
      }
    }
    filter();
  }

  function show(view) {
    for (const one of views) one.hidden = one !== view;
    document.title = view === overview ? title : `${view.querySelector("h1").textContent}, ${title}`;
  }

  function go(target) {
    target.scrollIntoView();
    const heading = target.matches("[tabindex]") ? target : target.querySelector("[tabindex]");
    heading?.focus({ preventScroll: true });
  }

  function route() {
    const wanted = location.hash.slice(1);
    if (wanted.startsWith("?")) {
      show(overview);
      if (form) choose(new URLSearchParams(wanted.slice(1)));
      go(heading);
      return;
    }
    const target = document.getElementById(wanted);
    show(target?.closest(".view") ?? overview);
    if (target?.hidden) choose([]);
    if (target) go(target);
  }

  function changed() {
    filter();
    history.replaceState(null, "", fragment());
  }

  document.documentElement.classList.add("live");
  if (form) {
    form.hidden = false;
    form.addEventListener("input", changed);
    form.addEventListener("reset", () => setTimeout(changed));
    form.addEventListener("submit", (event) => event.preventDefault());
    filter();
  }
  addEventListener("hashchange", route);
  route();
})();

// The explorer in the browser: shows what the kernel drew, and sends back what was chosen. No article text is ever
// markup here: the kernel escapes it, and what is copied or downloaded goes through text and blobs.

const SLOTS = ["status", "works", "facets", "panel"];
const TYPED = new Set(["text", "search", "date", "number", "textarea", "select-one"]);

function render({ model, el }) {
  const root = document.createElement("div");
  root.className = "wb wb-explorer";
  root.dataset.lmSuppressShortcuts = "true"; // JupyterLab's single keys are ours while the focus is inside
  root.dataset.twin = model.get("_twin");
  el.replaceChildren(root);
  const slot = (name) => root.querySelector(`[data-slot="${name}"]`);
  const send = (command) => model.send(command);
  let typing;

  function build() {
    root.lang = model.get("_language");
    root.dir = root.lang === "fa" ? "rtl" : "ltr";
    root.innerHTML = model.get("_shell");
    for (const name of SLOTS) fill(name);
    values();
  }

  function fill(name) {
    const place = slot(name);
    if (!place) return;
    if (name === "works" && advance(place)) return;
    const inside = place.contains(document.activeElement);
    const key = inside && document.activeElement.dataset.key;
    place.innerHTML = model.get(`_${name}`);
    if (name === "panel") scrollReader(place);
    if (!inside) return;
    const again = key && place.querySelector(`[data-key="${CSS.escape(key)}"]`);
    if (again && !again.disabled) return focusOn(again);
    const near = name === "panel" ? place.querySelector(".reader") || place : root.querySelector("[role=tab][aria-selected=true]");
    near.focus({ preventScroll: true });
  }

  // Progress comes a few times a second; what can be clicked beside it must stay the same element.
  function advance(place) {
    const next = document.createElement("template");
    next.innerHTML = model.get("_works");
    const [old, made] = [place, next.content].map((node) => [...node.querySelectorAll(".wb-work")]);
    if (!old.length || old.map((w) => w.dataset.shape).join() !== made.map((w) => w.dataset.shape).join()) return false;
    old.forEach((work, i) => {
      const bar = work.querySelector("progress");
      if (!bar) return;
      bar.value = made[i].querySelector("progress").value;
      work.querySelector("bdi").textContent = made[i].querySelector("bdi").textContent;
    });
    return true;
  }

  function scrollReader(place) {
    const reader = place.querySelector(".reader");
    const chosen = reader && reader.querySelector(".chosen");
    if (chosen) reader.scrollTop += chosen.getBoundingClientRect().top - reader.getBoundingClientRect().top - reader.clientHeight / 3;
  }

  function values() {
    const now = model.get("_values");
    for (const [name, value] of Object.entries(now)) {
      const input = root.querySelector(`[data-field="${name}"]`);
      if (input && input !== document.activeElement && input.value !== String(value)) input.value = value;
      if (input && name === "confidence") input.nextElementSibling.textContent = now.confidence_text;
    }
    for (const tab of root.querySelectorAll("[role=tab]")) {
      const on = tab.dataset.tab === now.tab;
      tab.setAttribute("aria-selected", on);
      tab.tabIndex = on ? 0 : -1;
      if (on) slot("panel").setAttribute("aria-labelledby", tab.id);
    }
    const back = root.querySelector("[data-key=undo]");
    if (back) back.disabled = !now.can_undo;
    root.dataset.rev = now.rev;
  }

  function focusOn(node) {
    if (node.classList.contains("wb-hit")) {
      for (const other of node.parentNode.querySelectorAll(".wb-hit")) other.setAttribute("tabindex", other === node ? 0 : -1);
    }
    node.focus({ preventScroll: node.closest("[data-slot=facets]") !== null });
  }

  root.addEventListener("click", (event) => {
    const hit = event.target.closest("[data-select]");
    if (hit) return send({ narrow: JSON.parse(hit.dataset.select), stay: event.shiftKey });
    const tab = event.target.closest("[role=tab]");
    if (tab) return send({ tab: tab.dataset.tab });
    const made = event.target.closest("[data-do]");
    if (made && !made.disabled && made.type !== "checkbox") return send(JSON.parse(made.dataset.do));
    const own = event.target.closest("[data-own]");
    if (own) OWN[own.dataset.own]();
  });

  root.addEventListener("change", (event) => {
    const box = event.target;
    if (box.type === "checkbox" && box.dataset.do) return send(JSON.parse(box.dataset.do));
    if (box.dataset.field) commit(box);
  });
  root.addEventListener("input", (event) => {
    const box = event.target;
    if (!box.dataset.field || box.tagName === "SELECT" || box.type === "date") return;
    clearTimeout(typing);
    typing = setTimeout(() => commit(box), box.type === "range" ? 120 : 250);
  });
  function commit(box) {
    clearTimeout(typing);
    const value = box.type === "range" ? Number(box.value) : box.value;
    if (String(model.get("_values")[box.dataset.field]) !== String(value)) send({ select: { [box.dataset.field]: value } });
  }

  const OWN = {
    help: () => {
      const help = root.querySelector(".wb-help");
      help.hidden = !help.hidden;
    },
    close: () => root.querySelector(".wb-copied").replaceChildren(),
  };

  function step(list, from, by) {
    const at = list.indexOf(from) + by;
    if (at >= 0 && at < list.length) focusOn(list[at]);
  }

  root.addEventListener("keydown", (event) => {
    const from = event.target;
    const typed = TYPED.has(from.type) && !from.readOnly;
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    const done = () => {
      event.preventDefault();
      event.stopPropagation();
    };
    if (typed) {
      if (event.key === "Enter") { commit(from); done(); }
      if (event.key === "Escape") { root.querySelector("[role=tab][aria-selected=true]").focus(); done(); }
      event.stopPropagation();
      return;
    }
    const forward = root.dir === "rtl" ? "ArrowLeft" : "ArrowRight";
    const digit = /^(?:Digit|Numpad)([1-8])$/.exec(event.code);
    if (event.key === "Backspace") { send({ undo: true }); return done(); }
    if (event.code === "Slash" && !event.shiftKey) { root.querySelector("[data-field=words]").focus(); return done(); }
    if (event.key === "?" || event.key === "؟") { OWN.help(); return done(); }
    if (digit) {
      const tab = root.querySelectorAll("[role=tab]")[digit[1] - 1];
      tab.focus();
      send({ tab: tab.dataset.tab });
      return done();
    }
    if (from.matches("[role=tab]") && /^Arrow(Left|Right)$/.test(event.key)) {
      const tabs = [...root.querySelectorAll("[role=tab]")];
      const next = tabs[(tabs.indexOf(from) + (event.key === forward ? 1 : -1) + tabs.length) % tabs.length];
      next.focus();
      send({ tab: next.dataset.tab });
      return done();
    }
    if (from.classList.contains("wb-hit")) {
      if (event.key === "Enter" || event.key === " ") { send({ narrow: JSON.parse(from.dataset.select), stay: event.shiftKey }); return done(); }
      if (/^Arrow/.test(event.key)) {
        step([...from.parentNode.querySelectorAll(".wb-hit")], from, event.key === "ArrowDown" || event.key === forward ? 1 : -1);
        return done();
      }
    }
    if (/^Arrow(Up|Down)$/.test(event.key) && from.closest("ul,table,fieldset")) {
      step([...from.closest("ul,table,fieldset").querySelectorAll("button,input")], from, event.key === "ArrowDown" ? 1 : -1);
      return done();
    }
    if (/^(Enter| |Tab|Escape|Home|End|Page|Arrow)/.test(event.key)) event.stopPropagation();
  });

  const told = (content, buffers) => {
    if (content.focus) {
      const node = slot("panel").querySelector(content.focus);
      if (node) node.focus({ preventScroll: true });
    }
    if (content.copy !== undefined) {
      const place = root.querySelector(".wb-copied");
      const text = document.createElement("textarea");
      text.readOnly = true;
      text.rows = Math.min(8, content.copy.split("\n").length);
      text.value = content.copy;
      text.setAttribute("aria-label", content.label);
      const close = document.createElement("button");
      close.type = "button";
      close.dataset.own = "close";
      close.textContent = "×";
      close.setAttribute("aria-label", content.close);
      place.replaceChildren(text, close);
      text.select();
      if (navigator.clipboard) navigator.clipboard.writeText(content.copy).catch(() => {});
    }
    if (content.download) {
      const link = document.createElement("a");
      link.href = URL.createObjectURL(new Blob([buffers[0]], { type: content.mime }));
      link.download = content.download;
      link.click();
      setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
    }
  };

  const updates = SLOTS.map((name) => [`change:_${name}`, () => fill(name)]);
  updates.push(["change:_values", values], ["change:_shell", build], ["msg:custom", told]);
  for (const [event, act] of updates) model.on(event, act);
  build();
  const asked = /^#wb=(.+)$/.exec(location.hash);
  if (asked) send({ restore: decodeURIComponent(asked[1]) });
  return () => {
    clearTimeout(typing);
    for (const [event, act] of updates) model.off(event, act);
  };
}

export default { render };

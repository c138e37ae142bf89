"use strict";
// Articles are shown as text nodes only; nothing of them is ever parsed as markup.
(async () => {
  const PAGE = 50, LONGEST = 40000;
  const $ = (id) => document.getElementById(id);
  const packed = Uint8Array.from(atob($("data").textContent), (c) => c.charCodeAt(0));
  if (!window.DecompressionStream) return;
  const stream = new Blob([packed]).stream().pipeThrough(new DecompressionStream("deflate"));
  const { articles, stances, targets, labels, words } = JSON.parse(await new Response(stream).text());
  const HIDDEN = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/g, TURNING = /[\u202a-\u202e\u2066-\u2069]/g;
  const safe = (t) => t.replace(HIDDEN, "").replace(TURNING, (c) => `⟨U+${c.charCodeAt(0).toString(16).toUpperCase()}⟩`);
  const fa = (n) => n.toLocaleString("fa-IR");
  const LETTERS = { "ي": "ی", "ى": "ی", "ئ": "ی", "ك": "ک", "ة": "ه", "ۀ": "ه", "ؤ": "و", "أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا" };
  const fold = (t) => t.replace(/[\s\u200b-\u200f\u00ad\u0640\u064b-\u0655\u0670ء]/g, "").replace(/[يىئكةۀؤأإآٱ]/g, (c) => LETTERS[c])
    .replace(/[۰-۹٠-٩]/g, (c) => c.charCodeAt(0) & 15).toLowerCase();
  const folded = new Map();
  const searchable = (i) => {
    if (!folded.has(i)) { const [a, s, e] = stances[i]; folded.set(i, fold(articles[a][4].slice(s, e) + articles[a][1] + articles[a][2])); }
    return folded.get(i);
  };
  const make = (tag, text, css) => {
    const node = document.createElement(tag);
    if (text !== undefined) node.textContent = safe(String(text));
    if (css) node.className = css;
    return node;
  };

  function marked(place, text, start, end, rows) {
    const spans = rows.flatMap((r) => [...r[7].map(([s, e]) => [s, e, "b", "mention", targets[r[3]]]), ...r[8].map(([s, e]) => [s, e, "mark", r[4], r[6]])]);
    const cuts = [...new Set([start, end, ...spans.flatMap(([s, e]) => [s, e]).filter((x) => x > start && x < end)])].sort((a, b) => a - b);
    for (let i = 0; i + 1 < cuts.length; i++) {
      let node = document.createTextNode(safe(text.slice(cuts[i], cuts[i + 1])));
      for (const [s, e, tag, css, note] of spans) {
        if (s > cuts[i] || e < cuts[i + 1]) continue;
        const around = make(tag, undefined, css);
        around.title = safe(note);
        around.append(node);
        node = around;
      }
      place.append(node);
    }
  }

  let found = [], at = 0;
  function narrow() {
    const target = $("target").value, stance = $("stance").value, query = fold($("query").value);
    found = [];
    for (let i = 0; i < stances.length; i++)
      if ((!target || stances[i][3] === target) && (!stance || stances[i][4] === stance) && (!query || searchable(i).includes(query))) found.push(i);
    at = 0;
    $("count").textContent = fa(found.length);
    const kept = Object.fromEntries([["target", target], ["stance", stance], ["query", $("query").value]].filter(([, v]) => v));
    history.replaceState(null, "", Object.keys(kept).length ? `#${encodeURIComponent(JSON.stringify(kept))}` : location.pathname);
    list();
  }

  function list() {
    const table = make("table"), head = make("tr"), body = make("tbody");
    for (const title of ["موضع", "دربارهٔ", "از سوی", "رسانه", "تاریخ", "جمله"]) { const th = make("th", title); th.scope = "col"; head.append(th); }
    for (const i of found.slice(at, at + PAGE)) {
      const [a, s, e, target, stance, holder, reason] = stances[i], row = make("tr");
      row.dataset.target = target;
      row.dataset.stance = stance;
      const label = make("td");
      label.append(make("span", labels[stance], `stance-${stance}`));
      const outlet = make("td");
      outlet.append(make("bdi", articles[a][2]));
      row.append(label, make("td", targets[target]), make("td", holder || "—"), outlet, make("td", articles[a][3] || "—", "figures"));
      const open = make("button");
      open.type = "button";
      open.title = safe(reason);
      open.dir = "rtl";
      const last = Math.min(e, s + 420);
      marked(open, articles[a][4], s, last, [stances[i]]);
      if (last < e) open.append("…");
      open.addEventListener("click", () => read(a, s, open));
      const cell = make("td");
      cell.append(open);
      row.append(cell);
      body.append(row);
    }
    const top = make("thead");
    top.append(head);
    table.append(top, body);
    $("list").replaceChildren(found.length ? table : make("p", words.nothing, "meta"));
    const pages = $("pages");
    pages.hidden = found.length <= PAGE;
    const turn = (label, to, off) => {
      const b = make("button", label);
      b.disabled = off;
      b.addEventListener("click", () => { at = to; list(); $("list").scrollIntoView({ block: "start" }); });
      return b;
    };
    pages.replaceChildren(turn(words.previous, at - PAGE, at === 0), turn(words.next, at + PAGE, at + PAGE >= found.length),
      make("span", `${fa(Math.min(found.length, at + 1))}–${fa(Math.min(found.length, at + PAGE))} ${words.of} ${fa(found.length)}`, "meta"));
  }

  function read(a, sentence, from) {
    const [, title, outlet, day, text] = articles[a], place = $("article");
    const close = make("button", words.back);
    close.addEventListener("click", () => { place.hidden = true; (from.isConnected ? from : $("query")).focus(); });
    const heading = make("h2");
    heading.append(make("bdi", title || words.untitled));
    const meta = make("div", undefined, "meta");
    meta.append(make("bdi", outlet), ` · ${day || "—"}`);
    const body = make("div", undefined, "reader");
    body.tabIndex = 0;
    body.lang = "fa";
    body.dir = "rtl";
    body.setAttribute("role", "article");
    body.setAttribute("aria-label", safe(title || words.untitled));
    const first = text.length > LONGEST ? Math.max(0, Math.min(sentence - LONGEST / 2, text.length - LONGEST)) : 0;
    const last = Math.min(text.length, first + LONGEST);
    const groups = new Map();
    for (const row of stances) if (row[0] === a && row[1] < last && row[2] > first) groups.set(row[1], [...(groups.get(row[1]) || []), row]);
    let done = first;
    for (const [start, rows] of [...groups].sort((x, y) => x[0] - y[0])) {
      const s = Math.max(start, done), e = Math.min(rows[0][2], last);
      if (s >= e) continue;
      body.append(safe(text.slice(done, s)));
      const span = make("span", undefined, start === sentence ? "sentence chosen" : "sentence");
      marked(span, text, s, e, rows);
      body.append(span);
      const strong = rows.filter((r) => r[4] !== "neutral").map((r) => `${labels[r[4]].split(" ")[0]} ${targets[r[3]]}${r[5] ? ` ${words.by} ${r[5]}` : ""}`);
      if (strong.length) body.append(make("span", ` [${strong.join("؛ ")}]`, "judged"));
      done = e;
    }
    body.append(safe(text.slice(done, last)));
    place.replaceChildren(close, heading, meta, body);
    place.hidden = false;
    place.scrollIntoView({ block: "start" });
    const chosen = body.querySelector(".chosen");
    if (chosen) body.scrollTop = chosen.offsetTop - body.offsetTop - body.clientHeight / 3;
    body.focus({ preventScroll: true });
  }

  try {
    const kept = JSON.parse(decodeURIComponent(location.hash.slice(1)) || "{}");
    for (const id of ["target", "stance", "query"]) if (typeof kept[id] === "string") $(id).value = kept[id];
  } catch { /* a hash of somebody else's */ }
  document.querySelector(".filters").addEventListener("submit", (event) => event.preventDefault());
  let typing;
  for (const id of ["target", "stance"]) $(id).addEventListener("change", narrow);
  $("query").addEventListener("input", () => { clearTimeout(typing); typing = setTimeout(narrow, 150); });
  document.addEventListener("keydown", (event) => {
    if (event.key === "/" && !/INPUT|SELECT/.test(event.target.tagName)) { $("query").focus(); event.preventDefault(); }
    if (event.key === "Escape" && !$("article").hidden) $("article").querySelector("button").click();
  });
  narrow();
  document.body.dataset.ready = "true";
})();

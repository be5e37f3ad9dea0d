// What a page can do more where scripts run; it is whole without them.
// Its buttons show where a browser can do what they say.

const LIST = "maillage.liste";

function offer(selector, does, isPossible = true) {
  if (!isPossible) return;
  for (const button of document.querySelectorAll(selector)) {
    const told = document.createElement("output");
    button.after(told);
    button.hidden = false;
    button.addEventListener("click", () => does(button, (words) => tell(told, words)));
  }
}

function tell(where, words) {
  where.textContent = words;
  setTimeout(() => { where.textContent = ""; }, 4000);
}

async function copy(button, say) {
  const wanted = button.dataset.copy;
  const source = wanted.startsWith("#") ? document.querySelector(wanted) : null;
  const text = source ? (source.value ?? source.innerText) : wanted;
  try {
    await navigator.clipboard.writeText(text.trim());
    say(document.body.dataset.copied);
  } catch {
    say(document.body.dataset.notCopied);
  }
}

async function share(button) {
  const canonical = document.querySelector("link[rel=canonical]");
  const url = button.dataset.share || (canonical ? canonical.href : location.href);
  try {
    await navigator.share({ title: document.title, url });
  } catch {
    // Closed without a choice.
  }
}

// Browsers stop in a long text: it is read a paragraph at a time.
function readAloud(button) {
  if (speechSynthesis.speaking || speechSynthesis.pending) {
    speechSynthesis.cancel();
    return;
  }
  const page = document.querySelector(button.dataset.readAloud);
  const heard = page.cloneNode(true);
  heard.querySelectorAll("[aria-hidden=true], [hidden], button, svg, output, .unspoken").forEach((each) => each.remove());
  const isBlock = "h1, h2, h3, h4, p, li, dt, dd, tr, caption, summary";
  for (const block of heard.querySelectorAll(isBlock)) {
    const words = block.querySelector(isBlock) ? "" : block.textContent.replace(/\s+/g, " ").trim();
    if (!words) continue;
    const said = new SpeechSynthesisUtterance(words);
    said.lang = (block.closest("[lang]") || document.documentElement).lang;
    said.onend = said.onerror = () => mark(button);
    speechSynthesis.speak(said);
  }
  mark(button);
}

function mark(button) {
  button.setAttribute("aria-pressed", speechSynthesis.speaking || speechSynthesis.pending);
}

function leave(event) {
  event.preventDefault();
  // The page they were on leaves the history of this tab.
  location.replace(event.currentTarget.href);
}

// The list of services lives in its address. This browser remembers it once its reader has put something on it.
const idsIn = (text) => (text || "").split(",").filter(Boolean);

function kept() {
  try {
    return idsIn(localStorage.getItem(LIST));
  } catch {
    return [];
  }
}

function keep(ids, link) {
  // Nothing is kept of or with a discreet service, nor beside a quick exit: others may look at this browser.
  return !link.matches("[data-discreet]") && !document.querySelector("[data-leave], [data-my-list][data-discreet]") && write(ids);
}

function write(ids) {
  try {
    localStorage.removeItem(LIST);
    if (ids.length) localStorage.setItem(LIST, ids.join(","));
    return true;
  } catch {
    return false; // A browser that keeps nothing still has the address.
  }
}

function point(link, ids) {
  const url = new URL(link.href);
  if (ids.length) url.searchParams.set("s", ids.join(","));
  link.href = url.href.replaceAll("%2C", ",");
}

// Its reader sees the list that the address carries; without one, what this browser remembers.
function mirrorList() {
  const menu = [...document.querySelectorAll("[data-my-list]")];
  let ids = (menu[0] && new URL(menu[0].href).searchParams.get("s"))?.split(",") || kept();
  const adders = [...document.querySelectorAll("[data-add]")];
  const show = () => {
    for (const link of menu) {
      point(link, ids);
      if (ids.length) link.textContent = `${link.textContent.replace(/ \(.*/, "")} (${ids.length})`;
    }
    for (const link of adders) {
      point(link, [...new Set([...ids, link.dataset.add])]);
      if (!ids.includes(link.dataset.add)) continue;
      link.querySelector("span").previousSibling.textContent = document.body.dataset.inList;
      const icon = link.querySelector("use");
      icon.setAttribute("href", icon.getAttribute("href").replace("#ajouter", "#coche"));
    }
  };
  show();
  for (const link of adders) {
    const told = Object.assign(document.createElement("output"), { className: "visually-hidden" });
    link.after(told);
    link.addEventListener("click", (event) => {
      if (ids.includes(link.dataset.add)) return;
      const more = [...ids, link.dataset.add];
      if (!keep(more, link)) return;
      // Remembered here, it needs no other page: the same link now leads to the list.
      event.preventDefault();
      ids = more;
      show();
      tell(told, document.body.dataset.inList);
    });
  }
  for (const link of document.querySelectorAll("[data-list]")) {
    link.addEventListener("click", () => {
      const left = idsIn(link.dataset.list);
      // What leaves a list that may not be kept is forgotten here, too.
      if (!keep(left, link)) write(kept().filter((id) => left.includes(id) || !ids.includes(id)));
    });
  }
}

offer("[data-copy]", copy, !!navigator.clipboard);
offer("[data-share]", share, !!navigator.share);
offer("[data-print]", () => print());
offer("[data-read-aloud]", readAloud, "speechSynthesis" in window);
document.querySelectorAll("[data-leave]").forEach((link) => link.addEventListener("click", leave));
mirrorList();
addEventListener("pagehide", () => window.speechSynthesis?.cancel());
// Whoever copies the address of a list need not tell what was asked for.
if (location.search.includes("retour=")) {
  const bare = new URL(location.href);
  bare.searchParams.delete("retour");
  history.replaceState(null, "", bare.href.replaceAll("%2C", ","));
}

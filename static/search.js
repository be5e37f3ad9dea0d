// The two fields of a search: words and communes are completed, a position can be given.
// The list is the combobox of the ARIA guide: the keyboard stays in the field.

const WAIT = 150;
const SHORTEST = 2;

const SOURCES = {
  suggestions: {
    address: `/api/v1/suggestions?langue=${document.documentElement.lang}&q=`,
    lines: (found) => found.map(({ type, texte, url, commune }) => ({
      value: texte.replace(/ \([^)]*\)$/, ""),
      text: texte,
      kind: WORDS[type] + (commune && `, ${commune}`),
      // A kind of service is sought; all else has a page.
      page: type === "concept" ? "" : url.replace(/^\w+:..[^/]+/, ""),
    })),
  },
  communes: {
    address: "/api/v1/communes?q=",
    lines: (found) => found.slice(0, 8).map((each) => {
      const name = `${each.nom} (${each.departement})`;
      return { value: name, text: name, kind: each.codes_postaux[0] || "" };
    }),
  },
};

const made = (tag, values) => Object.assign(document.createElement(tag), values);
const marked = (element, values) => Object.entries(values).forEach((each) => element.setAttribute(...each));

class Completion {
  constructor(field) {
    this.field = field;
    this.source = SOURCES[field.dataset.complete];
    this.lines = [];
    this.active = -1;
    this.known = new Map();
    this.list = made("ul", { id: `${field.id}-choix`, className: "choices", hidden: true });
    marked(this.list, { role: "listbox", "aria-label": WORDS.label });
    this.status = made("p", { className: "visually-hidden" });
    marked(this.status, { role: "status" });
    field.after(this.list, this.status);
    marked(field, { role: "combobox", "aria-autocomplete": "list", "aria-expanded": false, "aria-controls": this.list.id });
    field.addEventListener("input", () => this.later());
    field.addEventListener("keydown", (event) => this.key(event));
    field.addEventListener("blur", () => this.close());
    this.list.addEventListener("mousedown", (event) => event.preventDefault()); // The field keeps the focus.
    this.list.addEventListener("click", (event) => {
      const line = event.target.closest("[role=option]");
      if (line) this.choose([...this.list.children].indexOf(line));
    });
    if (document.activeElement === field) this.later(); // Typed before this script came.
  }

  later() {
    clearTimeout(this.timer);
    this.asked?.abort();
    this.move(-1 - this.active); // Back to the field.
    const typed = this.field.value.trim();
    if (typed.length < SHORTEST) this.close();
    else this.timer = setTimeout(() => this.ask(typed), WAIT);
  }

  async ask(typed) {
    this.asked = new AbortController();
    try {
      if (!this.known.has(typed)) {
        const answer = await fetch(this.source.address + encodeURIComponent(typed), { signal: this.asked.signal });
        if (!answer.ok) return;
        this.known.set(typed, this.source.lines(await answer.json()));
      }
    } catch {
      return; // No loss.
    }
    // A line already reached stays.
    if (this.active < 0) this.show(this.known.get(typed));
  }

  show(lines) {
    this.lines = lines;
    this.active = -1;
    this.list.replaceChildren(...lines.map((line, place) => {
      const item = made("li", { id: `${this.list.id}-${place}`, textContent: `${line.text} ` });
      marked(item, { role: "option", "aria-selected": false });
      item.append(made("span", { className: "quiet", textContent: line.kind }));
      return item;
    }));
    this.list.hidden = !lines.length;
    marked(this.field, { "aria-expanded": lines.length > 0, "aria-activedescendant": "" });
    const { none, one, many } = WORDS;
    this.status.textContent = lines.length > 1 ? many.replace("{n}", lines.length) : lines.length ? one : none;
  }

  close() {
    clearTimeout(this.timer);
    this.asked?.abort();
    if (this.list.hidden) return;
    this.show([]);
    this.status.textContent = "";
  }

  move(step) {
    const n = this.lines.length;
    // Beyond either end is the field.
    this.active = ((this.active + 1 + step + n + 1) % (n + 1)) - 1;
    [...this.list.children].forEach((item, place) => marked(item, { "aria-selected": place === this.active }));
    this.list.children[this.active]?.scrollIntoView({ block: "nearest" });
    marked(this.field, { "aria-activedescendant": this.active < 0 ? "" : `${this.list.id}-${this.active}` });
  }

  // What has a page is opened; else the search is sent, once it is known where.
  choose(place) {
    const { value, page } = this.lines[place];
    const { form } = this.field;
    this.close();
    if (page) return made("a", { href: form.action.replace(/\/recherche$/, page) }).click();
    this.status.textContent = this.field.value = value;
    const empty = [...form.querySelectorAll("[type=search], [type=text]")].find((each) => !each.value);
    if (!empty) form.requestSubmit();
    else if (empty.name === "ou") empty.focus();
  }

  key(event) {
    if (event.isComposing) return;
    const isOpen = !this.list.hidden;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step && isOpen) this.move(step);
    else if (step) this.later();
    else if (event.key === "Enter" && this.active >= 0) this.choose(this.active);
    else if (event.key === "Escape" && isOpen) this.close();
    else return;
    event.preventDefault();
  }
}

// Asked on a press only, and cut to a hundred metres before it leaves the browser.
function nearMe(button) {
  const form = button.form;
  const field = form.querySelector("[data-complete=communes]");
  const told = made("output");
  button.after(told);
  button.hidden = false;
  button.addEventListener("click", () => {
    told.textContent = button.dataset.waiting;
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => {
        field.value = `${coords.latitude.toFixed(3)},${coords.longitude.toFixed(3)}`;
        form.requestSubmit();
      },
      () => {
        told.textContent = button.dataset.refused;
        field.focus();
      },
      { maximumAge: 3e5, timeout: 15e3 },
    );
  });
}

// Fields left empty would only lengthen the address.
function leaveOutEmpty(form) {
  const empty = [...form.elements].filter((each) => each.name && !each.value);
  // "My location" stands for the point beside it.
  const point = form.querySelector("[type=hidden][name=ou]");
  const field = form.querySelector("[type=text][name=ou]");
  if (point) empty.push(field.value === field.defaultValue ? field : point);
  empty.forEach((each) => { each.disabled = true; });
  setTimeout(() => empty.forEach((each) => { each.disabled = false; }));
}

const WORDS = document.querySelector("form[data-many]")?.dataset;

for (const field of document.querySelectorAll("[data-complete]")) if (WORDS) new Completion(field);
for (const form of document.querySelectorAll("form[data-search]")) {
  for (const button of form.querySelectorAll("[data-near-me]")) if (navigator.geolocation) nearMe(button);
  form.addEventListener("submit", () => leaveOutEmpty(form));
}

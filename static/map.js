// The map of a list, drawn on demand: each point bears the number of its line.

const TOO_NEAR = 40; // Pixels.

function load(tag, values) {
  return new Promise((done, failed) => {
    const element = Object.assign(document.createElement(tag), values);
    element.onload = done;
    element.onerror = failed;
    document.head.append(element);
  });
}

function pointsOf(list) {
  return [...list.querySelectorAll("[data-lat]")].map((card) => ({
    at: [Number(card.dataset.lat), Number(card.dataset.lon)],
    number: card.dataset.number,
    about: card.dataset.about,
    link: card.querySelector(".card-title a"),
    said: [".facts > span", ".state", ".phone"].map((part) => card.querySelector(part)).filter(Boolean),
  }));
}

// What would cover each other at this scale shares one pin, and one bubble.
function places(points, map) {
  const found = [];
  for (const point of points) {
    const spot = map.latLngToLayerPoint(point.at);
    const near = found.find((each) => each.spot.distanceTo(spot) < TOO_NEAR);
    if (near) near.points.push(point);
    else found.push({ spot, points: [point] });
  }
  return found.map((each) => each.points);
}

function numbersOf(points) {
  const numbers = points.map((point) => point.number).filter(Boolean);
  return numbers.length > 3 ? `${numbers.slice(0, 2).join(" · ")} +${numbers.length - 2}` : numbers.join(" · ");
}

function pin(points) {
  const numbers = numbersOf(points);
  const html = Object.assign(document.createElement("span"), { textContent: numbers });
  const icon = L.divIcon({ className: points.every((each) => each.about) ? "pin about" : "pin", html, iconSize: null, popupAnchor: [0, -28] });
  const alt = points.map(({ link, about }) => link.textContent + (about ?? "")).join(", ");
  const marker = L.marker(points[0].at, { icon, alt, title: alt, riseOnHover: true }).bindPopup(bubble(points));
  marker.on("add", () => marker.getElement().setAttribute("aria-label", `${numbers} ${alt}`.trim()));
  marker.on("popupopen", ({ popup }) => popup.getElement().querySelector("a.title").focus({ preventScroll: true }));
  return marker;
}

function bubble(points) {
  const list = document.createElement("ul");
  list.setAttribute("role", "list");
  for (const point of points) {
    const line = document.createElement("li");
    const link = Object.assign(document.createElement("a"), { href: point.link.href, className: "title" });
    link.textContent = `${point.number} ${point.link.textContent}`.trim();
    line.append(link, ...point.said.map((part) => {
      const told = document.createElement("div");
      told.append(part.cloneNode(true));
      return told;
    }));
    list.append(line);
  }
  return list;
}

async function ground(map, button) {
  const { tiles, credit, communes } = button.dataset;
  if (tiles) L.tileLayer(tiles, { attribution: credit, maxZoom: 19 }).addTo(map);
  const answer = await fetch(communes);
  if (!answer.ok) return;
  const outlines = L.geoJSON(await answer.json(), {
    interactive: false,
    style: { className: "commune", weight: 1 },
    pointToLayer: (_commune, at) => L.circleMarker(at, { radius: 3 }),
  });
  outlines.addTo(map).bringToBack();
  if (tiles) return;
  const names = outlines.getLayers().map(({ feature: { properties: { nom, zoom, lat, lon } } }) => {
    const name = L.tooltip({ permanent: true, direction: "center", className: "commune-name", pane: "names" });
    return { zoom, name: name.setLatLng([lat, lon]).setContent(document.createTextNode(nom)) };
  });
  const show = () => names.forEach(({ zoom, name }) => (map.getZoom() < zoom ? name.remove() : name.addTo(map)));
  map.on("zoomend", show);
  show();
}

function draw(button, points) {
  const box = Object.assign(document.createElement("div"), { className: "map", tabIndex: -1 });
  box.setAttribute("role", "region");
  box.setAttribute("aria-label", button.dataset.label);
  button.parentElement.after(box);
  const isStill = matchMedia("(prefers-reduced-motion: reduce)").matches;
  const map = L.map(box, { zoomAnimation: !isStill, fadeAnimation: !isStill, maxZoom: 18, zoomControl: false });
  const { nearer: zoomInTitle, farther: zoomOutTitle, close } = button.dataset;
  L.control.zoom({ position: "bottomright", zoomInTitle, zoomOutTitle }).addTo(map);
  map.on("popupopen", ({ popup }) => popup.getElement().querySelector("[role=button]").setAttribute("aria-label", close));
  map.createPane("names").style.zIndex = 450; // Under the numbers.
  map.attributionControl.setPrefix(false);
  const shown = L.latLngBounds(points.map((point) => point.at));
  if (button.dataset.here) {
    const at = button.dataset.here.split(",");
    const here = L.circleMarker(at, { className: "here", radius: 9, interactive: false });
    here.addTo(map).bindTooltip(button.dataset.name, { permanent: true, direction: "bottom", offset: [0, 8], className: "here-name" });
    shown.extend(at);
  }
  map.fitBounds(shown.pad(0.15), { maxZoom: 14 });
  const pins = L.layerGroup().addTo(map);
  const lay = () => {
    pins.clearLayers();
    for (const here of places(points, map)) pins.addLayer(pin(here));
  };
  map.on("zoomend", lay);
  lay();
  // Escape closes the bubble, and gives its number back the focus; then the map.
  box.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    event.stopPropagation();
    const open = pins.getLayers().find((marker) => marker.isPopupOpen());
    if (!open) return button.click();
    open.closePopup();
    open.getElement().focus();
  });
  return { map, box };
}

function show(button, box, isShown) {
  for (const each of [box, ...document.querySelectorAll("[data-off-map]")]) each.hidden = !isShown;
  button.setAttribute("aria-expanded", String(isShown));
  button.lastChild.textContent = isShown ? button.dataset.hide : button.dataset.show;
  (isShown ? box : button).focus({ preventScroll: isShown });
  // A smooth scroll past twenty cards is slow.
  if (isShown) box.scrollIntoView({ block: "nearest", behavior: "instant" });
}

for (const button of document.querySelectorAll("[data-map]")) {
  const points = pointsOf(document.querySelector(button.dataset.map));
  if (!points.length) continue;
  button.hidden = false;
  let drawn;
  button.addEventListener("click", async () => {
    if (drawn) return show(button, (await drawn).box, (await drawn).box.hidden);
    const { style, look, script } = button.dataset;
    const sheets = [style, look].map((href) => load("link", { rel: "stylesheet", href }));
    drawn = Promise.all([...sheets, load("script", { src: script })]).then(() => draw(button, points));
    const { map, box } = await drawn;
    show(button, box, true);
    await ground(map, button);
  });
  for (const link of document.querySelectorAll("[data-map-link]")) {
    link.hidden = false;
    link.addEventListener("click", (event) => {
      event.preventDefault();
      if (button.getAttribute("aria-expanded") !== "true") button.click();
      else document.querySelector(".map").focus();
    });
  }
}

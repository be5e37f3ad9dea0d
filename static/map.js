// A map of the services of a list, drawn when somebody asks for it: our own outlines of communes, our own numbers.
// The list stays the text of the map: each point leads back to its line.

const TILES_DEEPEST = 19;

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
    link: card.querySelector("a"),
  }));
}

// Several services of one house share one point: their numbers stand side by side, and all are in its bubble.
function places(points) {
  const found = new Map();
  for (const point of points) {
    const key = point.at.join();
    found.set(key, [...(found.get(key) || []), point]);
  }
  return [...found.values()];
}

function bubble(points) {
  const list = document.createElement("ul");
  list.setAttribute("role", "list");
  for (const point of points) {
    const line = document.createElement("li");
    const link = Object.assign(document.createElement("a"), { href: point.link.href });
    link.textContent = `${point.number} ${point.link.textContent}`.trim();
    line.append(link);
    list.append(line);
  }
  return list;
}

async function ground(map, button) {
  const { tiles, credit, communes } = button.dataset;
  if (tiles) L.tileLayer(tiles, { attribution: credit, maxZoom: TILES_DEEPEST }).addTo(map);
  const answer = await fetch(communes);
  if (!answer.ok) return;
  map.createPane("names").style.zIndex = 450; // Above the outlines, under the numbers.
  const outlines = L.geoJSON(await answer.json(), {
    interactive: false,
    style: { className: "commune", weight: 1 },
    pointToLayer: (_commune, at) => L.circleMarker(at, { radius: 3 }),
  });
  outlines.addTo(map).bringToBack();
  const names = L.layerGroup(outlines.getLayers().map((outline) => L.tooltip({
    permanent: true, direction: "center", className: "commune-name", pane: "names",
  }).setLatLng(outline.getLatLng ? outline.getLatLng() : outline.getBounds().getCenter()).setContent(document.createTextNode(outline.feature.properties.nom))));
  const show = () => (map.getZoom() >= 11 && !tiles ? names.addTo(map) : names.remove());
  map.on("zoomend", show);
  show();
}

function draw(button, points) {
  const box = document.createElement("div");
  box.className = "map";
  box.setAttribute("role", "region");
  box.setAttribute("aria-label", button.dataset.label);
  box.tabIndex = -1;
  button.after(box);
  button.remove();
  const isStill = matchMedia("(prefers-reduced-motion: reduce)").matches;
  const map = L.map(box, { zoomAnimation: !isStill, fadeAnimation: !isStill, maxZoom: 18 });
  map.attributionControl.setPrefix(false);
  const markers = places(points).map((here) => {
    const numbers = here.map((point) => point.number).filter(Boolean).join(" · ");
    const html = Object.assign(document.createElement("span"), { textContent: numbers });
    const icon = L.divIcon({ className: "pin", html, iconSize: null });
    const alt = here.map((point) => point.link.textContent).join(", ");
    const marker = L.marker(here[0].at, { icon, alt, title: alt, riseOnHover: true }).bindPopup(bubble(here));
    marker.on("add", () => marker.getElement().setAttribute("aria-label", `${numbers} ${alt}`.trim()));
    return marker.addTo(map);
  });
  const shown = L.featureGroup(markers);
  if (button.dataset.here) {
    const here = L.circleMarker(button.dataset.here.split(","), { className: "here", radius: 9, interactive: false });
    here.addTo(map).bindTooltip(button.dataset.name, { permanent: true, direction: "bottom", offset: [0, 8] });
    shown.addLayer(here);
  }
  map.fitBounds(shown.getBounds().pad(0.15), { maxZoom: 14 });
  box.focus();
  return map;
}

for (const button of document.querySelectorAll("[data-map]")) {
  const points = pointsOf(document.querySelector(button.dataset.map));
  if (!points.length) continue;
  button.hidden = false;
  button.addEventListener("click", async () => {
    button.disabled = true;
    const { style, look, script } = button.dataset;
    const sheets = [style, look].map((href) => load("link", { rel: "stylesheet", href }));
    await Promise.all([...sheets, load("script", { src: script })]);
    await ground(draw(button, points), button);
  });
}

// The treemap: squarified (Bruls, Huizing and van Wijk, 2000), drawn only as deep as a pixel can show, so that the cost follows the screen and not the image.
function createMap(canvas, detail, trail, data, root) {
  const context = canvas.getContext("2d");
  const title = 18, smallest = 3;
  // What a reader can change is the app; the base image is one click away.
  const base = root.children.find(child => child.kind === "base"), app = root.children.find(child => child.kind === "app");
  const first = app && app.children.length ? app : root;
  let shown = first, selected = first, width = 0, height = 0, colours = {};

  function readColours() {
    const style = getComputedStyle(document.documentElement);
    for (const name of ["new", "grown", "same", "shrunk", "base", "app", "wasted", "edge", "focus", "ground", "ink"]) {
      const value = style.getPropertyValue("--" + name).trim();
      colours[name] = value;
      const [r, g, b] = [1, 3, 5].map(at => parseInt(value.slice(at, at + 2), 16) / 255).map(c => c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4);
      // Whichever of black and white stands out more (WCAG 2, relative luminance).
      colours["on" + name] = 0.2126 * r + 0.7152 * g + 0.0722 * b > 0.179 ? "#101418" : "#ffffff";
    }
  }

  function colourOf(at) {
    if (at.kind === "wasted") return "wasted";
    if (data.baseline) {
      const kind = kindOfChange(at.bytes, at.before);
      if (kind !== "unknown") return kind;
      // What is in something new is new.
      for (let up = at.parent; up && up.kind !== "layer"; up = up.parent) if (up.kind === "origin") return kindOfChange(up.bytes, up.before) === "new" ? "new" : "same";
      return "same";
    }
    for (let up = at; up; up = up.parent) if (up.kind === "base") return "base";
    return "app";
  }

  function draw() {
    const ratio = window.devicePixelRatio || 1;
    width = canvas.clientWidth;
    height = canvas.clientHeight;
    canvas.width = Math.round(width * ratio);
    canvas.height = Math.round(height * ratio);
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    context.fillStyle = colours.ground;
    context.fillRect(0, 0, width, height);
    context.textBaseline = "middle";
    for (const old of drawn) old.rect = null;
    drawn = [];
    paint(shown, 0, 0, width, height, 0);
    paintSelected();
    canvas.setAttribute("aria-label", "Map of " + describe(selected));
  }

  let drawn = [];

  function paint(at, x, y, w, h, depth) {
    at.rect = { x, y, w, h };
    drawn.push(at);
    const colour = colourOf(at);
    context.fillStyle = colours[colour];
    context.fillRect(x, y, w, h);
    context.strokeStyle = colours.edge;
    context.lineWidth = 1;
    context.strokeRect(x + 0.5, y + 0.5, Math.max(w - 1, 0), Math.max(h - 1, 0));
    const inside = at.children.length > 0 && w > 10 && h > 10;
    const titled = w > 44 && h > (inside ? title + 16 : 14);
    if (titled) label(at, colour, x, y, w, inside ? title : h);
    if (!inside) return;
    const top = titled ? title : 2;
    const boxes = squarify(at.children, x + 2, y + top, w - 4, h - top - 2);
    for (const [child, box] of boxes) paint(child, box.x, box.y, box.w, box.h, depth + 1);
  }

  function label(at, colour, x, y, w, h) {
    const small = h <= title;
    context.font = (small ? "600 " : "") + "12px system-ui, 'DejaVu Sans', sans-serif";
    context.fillStyle = colours["on" + colour];
    const change = changeText(at.bytes, at.before);
    const size = sizeText(at.bytes) + (change && change !== "=" ? "  " + change : "");
    const name = fit(at.kind === "folder" ? at.name.slice(at.name.lastIndexOf("/") + 1) + "/" : at.name, w - 8);
    if (small || h < 32) {
      const room = w - 12 - context.measureText(name).width;
      context.fillText(name, x + 4, y + Math.min(h, title) / 2 + 0.5);
      const shownSize = fit(size, room, true);
      if (shownSize) context.fillText(shownSize, x + w - 4 - context.measureText(shownSize).width, y + Math.min(h, title) / 2 + 0.5);
    } else {
      context.fillText(name, x + 4, y + 10);
      context.fillText(fit(size, w - 8, true), x + 4, y + 25);
    }
  }

  function fit(text, room, whole) {
    if (context.measureText(text).width <= room) return text;
    if (whole) return "";
    let low = 0, high = Math.min(text.length, 120);
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (context.measureText(text.slice(0, middle) + "…").width <= room) low = middle; else high = middle - 1;
    }
    return low > 0 ? text.slice(0, low) + "…" : "";
  }

  function squarify(children, x, y, w, h) {
    const boxes = [];
    let total = 0;
    for (const child of children) total += child.bytes;
    if (!(total > 0) || w < smallest || h < smallest) return boxes;
    const scale = w * h / total;
    let i = 0;
    while (i < children.length && w >= smallest && h >= smallest) {
      const side = Math.min(w, h);
      let sum = 0, worst = Infinity, end = i;
      for (; end < children.length; end++) {
        const area = children[end].bytes * scale;
        if (area <= 0) break;
        const next = sum + area, first = children[i].bytes * scale;
        const ratio = Math.max(side * side * first / (next * next), next * next / (side * side * area));
        if (ratio > worst) break;
        worst = ratio;
        sum = next;
      }
      if (end === i) break;
      const thick = sum / side;
      // Nothing of this row or of the smaller ones after it could be seen.
      if (thick < 1 || side * children[i].bytes * scale / sum < 1) break;
      let along = 0;
      for (; i < end; i++) {
        const length = children[i].bytes * scale / thick;
        boxes.push([children[i], w >= h ? { x, y: y + along, w: thick, h: length } : { x: x + along, y, w: length, h: thick }]);
        along += length;
      }
      if (w >= h) { x += thick; w -= thick; } else { y += thick; h -= thick; }
    }
    return boxes;
  }

  function paintSelected() {
    if (!selected.rect || selected === shown) return;
    const { x, y, w, h } = selected.rect;
    context.lineWidth = 5;
    context.strokeStyle = colours.ground;
    context.strokeRect(x + 2, y + 2, Math.max(w - 4, 1), Math.max(h - 4, 1));
    context.lineWidth = 3;
    context.strokeStyle = colours.ink;
    context.strokeRect(x + 2, y + 2, Math.max(w - 4, 1), Math.max(h - 4, 1));
  }

  function nameOf(at) { return at.kind === "file" ? data.folders[data.files.f[at.file]].replace(/\/$/, "") + "/" + data.files.n[at.file] : at.kind === "together" ? at.name + " of " + at.parent.name : at.name; }

  function describe(at) {
    const change = changeText(at.bytes, at.before);
    const parts = [sizeText(at.bytes), percentText(at.bytes, root.bytes) + " of the image"];
    if (change) parts.push(change === "=" ? "unchanged" : change);
    if (at.note) parts.push(at.note);
    if (at.children.length) parts.push(at.children.length.toLocaleString("en") + (at.children.length === 1 ? " part" : " parts"));
    return nameOf(at) + ": " + parts.join(", ");
  }

  function tell(at, aloud) {
    // Moving a pointer would flood a screen reader.
    detail.setAttribute("aria-live", aloud ? "polite" : "off");
    detail.textContent = describe(at);
  }

  function select(at, aloud) {
    selected = at;
    if (!at.rect && at !== shown) shown = at.parent || root;
    refreshTrail();
    draw();
    tell(at, aloud);
  }

  function open(at) {
    const target = at.children.length ? at : at.parent || root;
    shown = target;
    select(target === at ? target : at, true);
  }

  function refreshTrail() {
    const path = pathOf(shown);
    trail.replaceChildren(...path.flatMap((at, i) => [
      i ? make("span", { text: "›", "aria-hidden": "true" }) : null,
      make("button", { type: "button", text: nameOf(at), title: nameOf(at), "aria-current": at === shown ? "location" : null, onclick: () => open(at) }),
    ].filter(Boolean)));
    if (base && base.children.length && !path.includes(base)) {
      trail.append(make("button", { type: "button", class: "aside", text: "base image", title: nameOf(base), onclick: () => open(base) }));
    }
  }

  function at(event) {
    const box = canvas.getBoundingClientRect(), x = event.clientX - box.left, y = event.clientY - box.top;
    let found = shown;
    for (;;) {
      const inner = found.children.find(child => child.rect && x >= child.rect.x && x < child.rect.x + child.rect.w && y >= child.rect.y && y < child.rect.y + child.rect.h);
      if (!inner) return found;
      found = inner;
    }
  }

  function move(key) {
    const siblings = selected.parent && selected !== shown ? selected.parent.children.filter(child => child.bytes > 0) : [];
    const place = siblings.indexOf(selected);
    switch (key) {
      case "ArrowRight": if (place >= 0) return select(siblings[(place + 1) % siblings.length], true); // falls through
      case "ArrowDown": return selected.children.length ? select(selected.children[0], true) : undefined;
      case "ArrowLeft": return place >= 0 ? select(siblings[(place + siblings.length - 1) % siblings.length], true) : undefined;
      case "ArrowUp": return selected !== shown && selected.parent ? select(selected.parent, true) : undefined;
      case "Enter": case " ": return open(selected);
      case "Escape": case "Backspace": { const from = shown; shown = shown.parent || root; return select(from === shown ? shown : from, true); }
      case "Home": shown = root; return select(root, true);
    }
  }

  canvas.addEventListener("pointermove", event => tell(at(event), false));
  canvas.addEventListener("pointerleave", () => tell(selected, false));
  // A click goes one level deeper towards what was hit, as a reader cannot tell levels apart by a pixel.
  canvas.addEventListener("click", event => {
    const path = pathOf(at(event));
    const next = path[path.indexOf(shown) + 1] || shown;
    if (next.children.length) open(next); else select(next, true);
  });
  canvas.addEventListener("keydown", event => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (["ArrowRight", "ArrowDown", "ArrowLeft", "ArrowUp", "Enter", " ", "Escape", "Backspace", "Home"].includes(event.key)) {
      event.preventDefault();
      move(event.key);
    }
  });
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => { readColours(); draw(); });
  new ResizeObserver(() => { if (canvas.clientWidth !== width || canvas.clientHeight !== height) draw(); }).observe(canvas);

  readColours();
  refreshTrail();
  draw();
  tell(first, false);
  return { show: at => { shown = at.children.length ? at : at.parent || root; select(at, true); canvas.focus(); }, isDrawn: () => drawn.length };
}

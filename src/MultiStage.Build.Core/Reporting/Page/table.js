// One table, whose rows are packages, layers, folders or files. Rows are made a page at a time.
function createTable(data, root, map) {
  const pageSize = 100, head = byId("head"), rows = byId("rows"), more = byId("more"), shown = byId("shown"), filter = byId("filter");
  const compared = data.baseline !== null;
  const views = {
    origins: { label: "Packages and projects", rows: origins },
    layers: { label: "Layers", rows: layers },
    folders: { label: "Folders", rows: folders },
    files: { label: "Files", rows: files },
    together: { label: "Languages and symbols", rows: satellitesAndSymbols },
    wasted: { label: "Wasted", rows: wasted },
  };
  const columns = [
    { key: "name", label: "Name", text: row => row.name },
    { key: "bytes", label: "Size", number: true, text: row => sizeText(row.bytes) },
    { key: "share", label: "Of the image", number: true, text: row => percentText(row.bytes, data.total) },
    ...(compared ? [{ key: "change", label: "Change", number: true, text: row => changeText(row.bytes, row.before) || "not known" }] : []),
    { key: "note", label: "What it is", text: row => row.note },
  ];
  let view, all = [], visible = [], count = 0, order = { key: "bytes", down: true };
  const cache = new Map();

  function origins() {
    const sums = new Map();
    for (let i = 0; i < data.files.s.length; i++) {
      const sum = sums.get(data.files.o[i]) || { bytes: 0, files: 0 };
      sum.bytes += data.files.s[i];
      sum.files++;
      sums.set(data.files.o[i], sum);
    }
    const found = data.origins.map((origin, i) => {
      const sum = sums.get(i) || { bytes: 0, files: 0 };
      return row(origin.name, sum.bytes, origin.before, origin.kind + ", " + plural(sum.files, "file"), () => find(at => at.origin === i));
    });
    return found.concat(data.gone.filter(gone => gone.kind !== "file").map(gone => row(gone.name, 0, gone.before, "in the baseline")));
  }

  function layers() {
    return data.layers.map((layer, i) => row(layer.by || "(no instruction recorded)", layer.bytes, layer.before, layer.base ? "base image" : "app", () => find(at => at.kind === "layer" && at.index === i)));
  }

  function folders() {
    const sums = data.folders.map(() => [0, 0]);
    data.files.f.forEach((folder, i) => { sums[folder][0] += data.files.s[i]; sums[folder][1]++; });
    // From the longest path up, each folder's sum is complete before it is added to the one above.
    const byDepth = data.folders.map((_, i) => i).sort((a, b) => data.folders[b].length - data.folders[a].length);
    for (const i of byDepth) {
      const path = data.folders[i], slash = path.lastIndexOf("/");
      const up = path === "/" ? undefined : data.folderIndex.get(slash > 0 ? path.slice(0, slash) : "/");
      if (up !== undefined) { sums[up][0] += sums[i][0]; sums[up][1] += sums[i][1]; }
    }
    return data.folders.map((path, i) => row(path, sums[i][0], null, plural(sums[i][1], "file"))).filter(folder => folder.bytes > 0);
  }

  function files() {
    const found = [];
    for (let i = 0; i < data.files.s.length; i++) {
      const folder = data.folders[data.files.f[i]];
      found.push(row((folder === "/" ? "/" : folder + "/") + data.files.n[i], data.files.s[i], data.files.b[i] < 0 ? null : data.files.b[i],
        data.origins[data.files.o[i]].name, () => find(at => at.file === i)));
    }
    return found.concat(data.gone.filter(gone => gone.kind === "file").map(gone => row(gone.name, 0, gone.before, "in the baseline")));
  }

  function satellitesAndSymbols() {
    const sums = new Map();
    for (let i = 0; i < data.files.s.length; i++) {
      const kind = data.files.k[i], origin = data.files.o[i], key = kind + ":" + origin;
      if (!kind) continue;
      const sum = sums.get(key) || { kind, origin, bytes: 0, files: 0, first: i };
      sum.bytes += data.files.s[i];
      sum.files++;
      sums.set(key, sum);
    }
    return [...sums.values()].map(sum => row(together[sum.kind] + " of " + data.origins[sum.origin].name, sum.bytes, null, plural(sum.files, "file"),
      () => find(at => sum.files > 1 ? at.kind === "together" && at.of === sum.kind && at.parent.origin === sum.origin : at.file === sum.first)));
  }

  function wasted() {
    return data.wasted.s.map((bytes, i) => row(data.wasted.n[i], bytes, null, data.wasted.how[i] + " by " + (data.layers[data.wasted.by[i]].by || "a later layer")));
  }

  function row(name, bytes, before, note, place) { return { name, bytes, before, note, place, lower: null }; }

  function plural(number, noun) { return number.toLocaleString("en") + " " + noun + (number === 1 ? "" : "s"); }

  function find(matches) {
    const todo = [root];
    while (todo.length) {
      const at = todo.pop();
      if (matches(at)) return at;
      todo.push(...at.children);
    }
    return null;
  }

  function open(name) {
    view = name;
    if (!cache.has(name)) cache.set(name, views[name].rows());
    all = cache.get(name);
    for (const button of byId("tabs").children) button.setAttribute("aria-pressed", String(button.dataset.view === name));
    refresh();
  }

  function value(row) {
    switch (order.key) {
      case "name": return row.name;
      case "note": return row.note;
      case "change": return row.before === null || row.before === undefined ? null : row.bytes - row.before;
      default: return row.bytes;
    }
  }

  function refresh() {
    const text = filter.value.trim().toLowerCase();
    visible = text ? all.filter(row => (row.lower ??= (row.name + "\n" + row.note).toLowerCase()).includes(text)) : all.slice();
    const sign = order.down ? -1 : 1;
    visible.sort((a, b) => {
      const [x, y] = [value(a), value(b)];
      // What is not known comes last, whichever way the rest goes.
      if (x === null || y === null) return (x === null) - (y === null);
      return sign * (typeof x === "string" ? x < y ? -1 : x > y ? 1 : 0 : x - y) || (a.name < b.name ? -1 : 1);
    });
    for (const cell of head.children) {
      cell.setAttribute("aria-sort", cell.dataset.key === order.key ? order.down ? "descending" : "ascending" : "none");
    }
    count = 0;
    rows.replaceChildren();
    page();
  }

  function page() {
    const from = count;
    count = Math.min(count + pageSize, visible.length);
    rows.append(...visible.slice(from, count).map(cells));
    more.hidden = count >= visible.length;
    shown.textContent = visible.length === 0
      ? all.length === 0 ? "Nothing is known of this image's " + views[view].label.toLowerCase() + "." : "No row has that in it."
      : count.toLocaleString("en") + " of " + visible.length.toLocaleString("en") + " shown.";
  }

  function cells(row) {
    return make("tr", {}, ...columns.map(column => {
      if (column.key === "name") {
        return make("td", { class: "name" }, row.place
          ? breakable("button", { type: "button", title: "Show in the map", onclick: () => { const at = row.place(); if (at) map.show(at); } }, row.name)
          : breakable("span", {}, row.name));
      }
      const text = column.text(row);
      const change = column.key === "change" && row.before !== null && row.before !== undefined ? row.bytes - row.before : 0;
      return make("td", { class: (column.number ? "number " + column.key : "note") + (change > 0 ? " up" : change < 0 ? " down" : ""), text });
    }));
  }

  head.append(...columns.map(column => make("th", { scope: "col", class: column.number ? "number " + column.key : "", "data-key": column.key, "aria-sort": "none" },
    make("button", {
      type: "button", text: column.label, onclick: () => {
        order = { key: column.key, down: order.key === column.key ? !order.down : column.number === true };
        refresh();
      },
    }))));
  const offered = Object.keys(views).filter(name => name === "layers" || (name === "wasted" ? data.wasted.s.length > 0 : name === "together" ? data.files.k.some(kind => kind > 0) : data.files.s.length > 0));
  byId("tabs").append(...offered.map(name => make("button", { type: "button", text: views[name].label, "data-view": name, "aria-pressed": "false", onclick: () => open(name) })));
  let wait = 0;
  filter.addEventListener("input", () => { clearTimeout(wait); wait = setTimeout(refresh, 120); });
  more.addEventListener("click", () => {
    page();
    if (more.hidden) byId("filter").focus();
  });
  open(offered[0]);
}

// From columns of numbers to a tree: image > base | app > layer > package > folders and files.
function buildTree(data) {
  const files = data.files;
  const root = node("image", data.image, data.total, data.baseline ? data.baseline.total : null);
  const app = node("app", data.base ? "app" : "image's own layers", data.app === null ? data.total : data.app, data.baseline ? data.baseline.app : null);
  if (data.base && data.base.bytes !== null) {
    const base = node("base", "base " + data.base.reference, data.base.bytes, data.baseline ? data.baseline.base : null);
    data.layers.forEach((layer, i) => { if (layer.base) add(base, layerNode(layer, i)); });
    add(root, base);
  }
  add(root, app);

  const layers = new Map();
  data.layers.forEach((layer, i) => {
    if (!layer.base) layers.set(i, layerNode(layer, i));
  });
  const known = files.l.every(layer => layer >= 0);
  // Where the files' layers are not known, layers and files are two views of the same bytes, and the files tell more.
  const loose = known ? null : node("seen", "files in " + data.folder, 0, null);
  const groups = new Map();
  for (let i = 0; i < files.s.length; i++) {
    const parent = known ? layers.get(files.l[i]) : loose;
    if (!parent) continue;
    const key = (known ? files.l[i] : -1) + ":" + files.o[i];
    let group = groups.get(key);
    if (!group) {
      const origin = data.origins[files.o[i]];
      group = node("origin", origin.name, 0, origin.before);
      group.origin = files.o[i];
      group.files = [];
      groups.set(key, group);
      add(parent, group);
    }
    group.files.push(i);
    group.bytes += files.s[i];
    if (!known) loose.bytes += files.s[i];
  }
  // A package whose files lie in two layers has no change in either: the baseline knows it as a whole.
  const places = new Map();
  for (const group of groups.values()) places.set(group.origin, (places.get(group.origin) || 0) + 1);
  for (const group of groups.values()) if (places.get(group.origin) > 1) group.before = null;
  for (const group of groups.values()) addFiles(group, data);

  if (loose && loose.bytes > 0) {
    add(app, loose);
    addRest(app, app.bytes, "elsewhere in the app's layers");
  } else {
    for (const [index, layer] of layers) {
      addWasted(layer, index, data);
      if (layer.children.length) addRest(layer, layer.bytes, "not broken down");
      if (layer.bytes > 0) add(app, layer);
    }
  }
  sort(root);
  return root;
}

function node(kind, name, bytes, before) { return { kind, name, bytes, before, children: [], parent: null, rect: null }; }

// The two layers of every generated image by what they hold; any other by what made it.
function layerName(layer) {
  const by = layer.by || "(no instruction recorded)", copied = /^COPY (?:--\S+ )*\/(packages|publish)\/ /.exec(by);
  return copied ? (copied[1] === "packages" ? "what packages brought: " : "the app's own files: ") + by : by;
}

function layerNode(layer, index) {
  const made = node("layer", layerName(layer), layer.bytes, layer.before);
  made.index = index;
  return made;
}

function add(parent, child) { child.parent = parent; parent.children.push(child); }

function addRest(parent, bytes, name) {
  const rest = bytes - parent.children.reduce((sum, child) => sum + child.bytes, 0);
  if (rest > 0) add(parent, node("rest", name, rest, null));
}

function addWasted(layer, index, data) {
  const wasted = data.wasted, found = [];
  for (let i = 0; i < wasted.s.length; i++) if (wasted.l[i] === index && wasted.s[i] > 0) found.push(i);
  if (!found.length) return;
  const group = node("wasted", "later overwritten or deleted", 0, null);
  for (const i of found) {
    const file = node("wasted", wasted.n[i], wasted.s[i], null);
    file.note = wasted.how[i] + " by " + (data.layers[wasted.by[i]].by || "a later layer");
    add(group, file);
    group.bytes += file.bytes;
  }
  add(layer, group);
}

// A handful of files stands side by side; more of them stand in their folders.
const mostSideBySide = 60;

// What the page shows together, whatever folders it lies in. The numbers are those of the column of kinds.
const together = ["", "satellite assemblies", "debug symbols"];

function addFiles(group, data) {
  const files = data.files, nested = group.files.length > mostSideBySide;
  const kinds = together.map((name, kind) => kind && group.files.filter(i => files.k[i] === kind).length > 1 ? node("together", name, 0, null) : null);
  kinds.forEach((made, kind) => { if (made) { made.of = kind; add(group, made); } });
  const folders = new Map();
  const folderOf = index => {
    if (folders.has(index)) return folders.get(index);
    const path = data.folders[index], slash = path.lastIndexOf("/");
    const up = slash > 0 ? data.folderIndex.get(path.slice(0, slash)) : undefined;
    const made = node("folder", path, 0, null);
    folders.set(index, made);
    add(up === undefined ? group : folderOf(up), made);
    return made;
  };
  for (const i of group.files) {
    const parent = kinds[files.k[i]] || (nested ? folderOf(files.f[i]) : group);
    // One language's assembly is called as every other's; its folder tells which it is.
    const leaf = node("file", files.k[i] === 1 ? data.folders[files.f[i]].split("/").pop() + "/" + files.n[i] : files.n[i], files.s[i], files.b[i] < 0 ? null : files.b[i]);
    leaf.file = i;
    add(parent, leaf);
    for (let up = parent; up !== group; up = up.parent) up.bytes += leaf.bytes;
  }
  delete group.files;
}

// The largest first; and a folder that holds one folder alone is that folder.
function sort(root) {
  const todo = [root];
  while (todo.length) {
    const at = todo.pop();
    for (let i = 0; i < at.children.length; i++) {
      let child = at.children[i];
      while (child.kind === "folder" && child.children.length === 1 && child.children[0].kind === "folder") {
        child = child.children[0];
        child.parent = at;
        at.children[i] = child;
      }
    }
    at.children.sort((a, b) => b.bytes - a.bytes);
    for (const child of at.children) if (child.children.length) todo.push(child);
  }
}

function pathOf(at) {
  const path = [];
  for (let up = at; up; up = up.parent) path.unshift(up);
  return path;
}

const states = { passed: "kept", warned: "close", waived: "waived", failed: "broken", notMeasured: "not measured" };
const classes = { passed: "kept", warned: "warned", waived: "waived", failed: "broken", notMeasured: "unmeasured" };

function figure(label, bytes, before, note) {
  const change = before === null || before === undefined ? "" : changeText(bytes, before);
  const direction = before === null || before === undefined || bytes === before ? "flat" : bytes > before ? "up" : "down";
  return make("div", {},
    make("p", { class: "label", text: label }),
    make("p", { class: "value", text: bytes === null ? "not measured" : sizeText(bytes) }),
    make("p", { class: "change " + direction, text: [change === "=" ? "unchanged" : change, note].filter(Boolean).join(" · ") }));
}

function showHead(data) {
  byId("name").textContent = data.image;
  byId("where").textContent = [data.stage ? "Stage " + data.stage : null, data.platform, data.imageId].filter(Boolean).join(" · ");
  const baseline = data.baseline || {};
  byId("figures").append(figure("Image", data.total, baseline.total, null));
  if (data.base) {
    byId("figures").append(figure("Base image", data.base.bytes, baseline.base, data.base.reference));
    byId("figures").append(figure("App", data.app, baseline.app, null));
  }
  if (data.wastedBytes) byId("figures").append(figure("Wasted", data.wastedBytes, null, "no container sees it"));
}

// The first thing that a reader wants to know, in a sentence.
function showVerdict(data) {
  const named = status => data.verdicts.filter(verdict => verdict.status === status).map(verdict => verdict.name);
  const broken = named("failed"), unknown = named("notMeasured"), close = [...named("warned"), ...named("waived")];
  const line = byId("verdict");
  line.hidden = data.verdicts.length === 0;
  line.classList.add(broken.length || unknown.length ? "broken" : close.length ? "warned" : "kept");
  line.textContent = broken.length ? "Over its budget: " + broken.join(", ")
    : unknown.length ? "Not measured: " + unknown.join(", ")
    : close.length ? "Within its budgets, with a warning: " + close.join(", ")
    : "Within its budgets";
}

function showChanges(data) {
  byId("changes").hidden = data.changes.length === 0;
  byId("change-list").append(...data.changes.map(change => make("li", { class: change.bytes > 0 ? "up" : "down" },
    make("span", { class: "amount", text: change.text }), breakable("span", { class: "what" }, change.name))));
}

function showVerdicts(data) {
  byId("budgets").hidden = data.verdicts.length === 0;
  byId("budget-list").append(...data.verdicts.map(verdict => {
    // What is over the limit moves the mark to the left, so that the bar says by how much.
    const bar = make("i"), mark = make("b"), whole = Math.max(1, verdict.part);
    bar.style.width = Math.max(0, verdict.part / whole * 100) + "%";
    mark.style.left = 100 / whole + "%";
    return make("li", { class: classes[verdict.status] },
      make("p", { class: "top" }, make("span", { text: verdict.name }), make("span", { class: "state", text: states[verdict.status] })),
      make("p", { class: "text", text: verdict.text }),
      make("div", { class: "bar", "aria-hidden": "true" }, bar, mark));
  }));
}

function showHints(data) {
  byId("hints").hidden = data.hints.length === 0;
  byId("hint-list").append(...data.hints.map(hint => make("li", {},
    make("p", { class: "saving", text: hint.bytes === undefined ? "not measured" : "−" + sizeText(hint.bytes) }),
    make("p", { text: hint.text }))));
}

function showLegend(data) {
  const entries = data.baseline
    ? [["new", "new"], ["grown", "grown"], ["same", "unchanged or not known"], ["shrunk", "shrunk"]]
    : [["base", "base image"], ["app", "app"]];
  if (data.wasted.s.length) entries.push(["wasted", "wasted"]);
  byId("legend").append(...entries.map(([kind, text]) => make("li", {}, make("i", { class: kind, "aria-hidden": "true" }), document.createTextNode(text))));
}

function showFoot(data) {
  byId("footer").append(...data.notes.map(text => make("p", { text })));
}

const data = JSON.parse(byId("data").textContent);
data.folderIndex = new Map(data.folders.map((path, i) => [path, i]));
const tree = buildTree(data);
showHead(data);
showVerdict(data);
showChanges(data);
showVerdicts(data);
showHints(data);
showLegend(data);
byId("stages").hidden = !data.hasStages;
const map = createMap(byId("map"), byId("detail"), byId("trail"), data, tree);
createTable(data, tree, map);
showFoot(data);
document.documentElement.dataset.ready = "true";

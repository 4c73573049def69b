// Sizes as the rest of the reports write them, and elements without innerHTML: names in an image are whatever somebody called a file.
const units = [["B", 1, 0, 0], ["kB", 1e3, 1, 3], ["MB", 1e6, 1, 6], ["GB", 1e9, 2, 9], ["TB", 1e12, 2, 12]];

function sizeText(bytes) {
  let unit = 0;
  while (unit < units.length - 1 && bytes >= units[unit + 1][1]) unit++;
  for (;;) {
    const [name, factor, decimals] = units[unit];
    const shown = (bytes / factor).toFixed(decimals);
    // 999,960 bytes are no 1000.0 kB.
    if (Number(shown) >= 1000 && unit < units.length - 1) { unit++; continue; }
    const exact = Math.round(Number(shown) * factor) === bytes;
    return (exact ? String(Number(shown)) : shown) + " " + name;
  }
}

function changeText(after, before) {
  if (before === null || before === undefined) return "";
  if (before === 0 && after > 0) return "new";
  if (after === 0 && before > 0) return "gone, " + signed(-before);
  return after === before ? "=" : signed(after - before);
}

function signed(bytes) { return (bytes < 0 ? "−" : "+") + sizeText(Math.abs(bytes)); }

function percentText(part, whole) {
  if (!whole) return "";
  const percent = part / whole * 100;
  return percent > 0 && percent < 0.05 ? "<0.1 %" : Number(percent.toFixed(1)) + " %";
}

function kindOfChange(after, before) {
  if (before === null || before === undefined) return "unknown";
  return before === 0 && after > 0 ? "new" : after > before ? "grown" : after < before ? "shrunk" : "same";
}

function make(tag, properties, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(properties || {})) {
    if (value === null || value === undefined || value === false) continue;
    if (name === "text") element.textContent = value;
    else if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children.filter(child => child !== null));
  return element;
}

function byId(id) { return document.getElementById(id); }

// A name breaks behind its dots, slashes and dashes before it breaks within a word.
function breakable(tag, properties, name) {
  return make(tag, properties, ...name.split(/(?<=[./_-])/).flatMap((part, i) => i ? [make("wbr"), document.createTextNode(part)] : [document.createTextNode(part)]));
}

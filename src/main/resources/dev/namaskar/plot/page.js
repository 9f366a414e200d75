"use strict";
// The page has one span a symbol, and for each part of the state its values as signed bytes, time by units.
const spans = [...document.querySelectorAll("#text span")];
const parts = new Map();
for (const holder of document.querySelectorAll("data.part")) {
  const bytes = Int8Array.from(atob(holder.value), (c) => c.charCodeAt(0));
  parts.set(holder.dataset.name, { bytes, units: Number(holder.dataset.units) });
}
const chooser = document.getElementById("part");
const number = document.getElementById("unit");
const map = document.getElementById("map");
const said = document.getElementById("said");
const MOST_ROWS = 128;
let rows = [];
let told = -1;
let colours = {};

const value = (part, t, unit) => part.bytes[t * part.units + unit] / 127;

function readColours() {
  const style = getComputedStyle(document.documentElement);
  for (const name of ["zero", "low", "high", "ink"]) {
    const hex = style.getPropertyValue("--" + name).trim();
    colours[name] = [1, 3, 5].map((i) => parseInt(hex.slice(i, i + 2), 16));
  }
}

function mixed(v) {
  const end = v < 0 ? colours.low : colours.high;
  return colours.zero.map((c, i) => Math.round(c + Math.abs(v) * (end[i] - c)));
}

const css = (c) => `rgb(${c.join(" ")})`;

// Black or white, whichever stands out more: at least 4.5 to 1 on any colour.
function readable(on) {
  const light = on.map((c) => (c /= 255) <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4);
  return 0.2126 * light[0] + 0.7152 * light[1] + 0.0722 * light[2] > 0.179 ? "black" : "white";
}

// The units that vary most, from the one that peaks first to the one that peaks last.
function order(part) {
  const all = [];
  for (let u = 0; u < part.units; u++) {
    let sum = 0, squares = 0, peak = 0;
    for (let t = 0; t < spans.length; t++) {
      const v = value(part, t, u);
      sum += v;
      squares += v * v;
      if (v > value(part, peak, u)) peak = t;
    }
    const mean = sum / spans.length;
    all.push({ unit: u, variance: squares / spans.length - mean * mean, peak });
  }
  all.sort((a, b) => b.variance - a.variance || a.unit - b.unit);
  const most = all.length ? all[0].unit : 0;
  return { most, rows: all.slice(0, MOST_ROWS).sort((a, b) => a.peak - b.peak || a.unit - b.unit).map((r) => r.unit) };
}

function drawText() {
  const part = parts.get(chooser.value);
  const unit = Number(number.value);
  spans.forEach((span, t) => {
    const colour = mixed(value(part, t, unit));
    span.style.background = css(colour);
    span.style.color = readable(colour);
  });
}

function drawMap() {
  const part = parts.get(chooser.value);
  const width = Math.max(1, Math.min(12, Math.floor(16000 / spans.length)));
  const height = 6;
  map.width = width * spans.length;
  map.height = height * rows.length;
  const pen = map.getContext("2d");
  rows.forEach((unit, row) => {
    for (let t = 0; t < spans.length; t++) {
      pen.fillStyle = css(mixed(value(part, t, unit)));
      pen.fillRect(t * width, row * height, width, height);
    }
    if (unit === Number(number.value)) {
      pen.strokeStyle = css(colours.ink);
      pen.strokeRect(0.5, row * height + 0.5, map.width - 1, height - 1);
    }
  });
}

function choosePart() {
  const part = parts.get(chooser.value);
  const sorted = order(part);
  rows = sorted.rows;
  number.max = part.units - 1;
  number.value = sorted.most;
  draw();
}

function draw() {
  readColours();
  drawText();
  drawMap();
  if (told >= 0) tell(told);
}

function tell(t) {
  told = t;
  spans.forEach((span, i) => span.classList.toggle("at", i === t));
  const data = spans[t].dataset;
  const v = value(parts.get(chooser.value), t, Number(number.value));
  const surprise = data.bits ? `, surprise ${data.bits} bits` : "";
  said.textContent = `character ${t + 1}: ${data.symbol}${surprise}, unit ${number.value}: ${v.toFixed(2)}\npredicted next: ${data.next}`;
}

function step(by) {
  const at = rows.indexOf(Number(number.value));
  number.value = rows[(at + by + rows.length) % rows.length];
  draw();
}

chooser.addEventListener("change", choosePart);
number.addEventListener("input", () => {
  const most = parts.get(chooser.value).units - 1;
  if (number.value !== "" && number.value >= 0 && number.value <= most) draw();
});
document.getElementById("before").addEventListener("click", () => step(-1));
document.getElementById("after").addEventListener("click", () => step(1));
for (const gesture of ["mouseover", "click"]) {
  document.getElementById("text").addEventListener(gesture, (event) => {
    const t = spans.indexOf(event.target);
    if (t >= 0) tell(t);
  });
}
map.addEventListener("click", (event) => {
  const unit = rows[Math.floor((event.offsetY / map.clientHeight) * rows.length)];
  if (unit !== undefined) {
    number.value = unit;
    draw();
  }
});
matchMedia("(prefers-color-scheme: dark)").addEventListener("change", draw);
choosePart();

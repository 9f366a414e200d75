// Lines over steps, by uPlot: linear and log axes, a zoom that stays when data come, light and dark.

import uPlot from '../uplot/uPlot.esm.js';
import { decades, moved, ticks } from './scale.js';

const DARK = matchMedia('(prefers-color-scheme: dark)');

/** A colour of the style sheet by its name. */
export function colour(name) {
  return getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();
}

/** A colour made paler. */
export function pale(value, share) {
  return value + Math.round(share * 255).toString(16).padStart(2, '0');
}

/**
 * A chart in a host element.
 *
 * @param options label (for screen readers), height, format (of values), zoomed (told the range, or null), pointed (told
 *   the step under the pointer, or null)
 */
export function lineChart(host, { label, height, format, zoomed = () => {}, pointed = () => {} }) {
  let plot = null;
  let shape = '';
  let zoom = null;
  let log = false;
  let tables = [];
  let series = [];

  host.classList.add('chart');
  host.setAttribute('role', 'img');
  host.setAttribute('aria-label', label);
  host.tabIndex = 0;
  host.addEventListener('keydown', (event) => {
    const how = { '+': 'in', '=': 'in', '-': 'out', ArrowLeft: 'left', ArrowRight: 'right' }[event.key];
    if (how) change(how);
    else if (event.key === '0' || event.key === 'Escape') reset();
    else return;
    event.preventDefault();
  });
  const resized = new ResizeObserver(() => plot?.setSize({ width: host.clientWidth, height }));
  resized.observe(host);
  const repaint = () => { shape = ''; draw(); };
  DARK.addEventListener('change', repaint);

  function extent() {
    const ends = tables.filter((table) => table[0].length).flatMap((table) => [table[0][0], table[0].at(-1)]);
    return ends.length ? [Math.min(...ends), Math.max(...ends)] : [0, 1];
  }

  function setZoom(range, tell = true) {
    zoom = range;
    draw();
    if (tell) zoomed(range);
  }

  function reset() {
    setZoom(null);
  }

  function change(how) {
    const all = extent();
    const range = moved(zoom ?? all, all, how);
    setZoom(range[0] === all[0] && range[1] === all[1] ? null : range);
  }

  function yRange(u, low, high) {
    if (low === null || high === null) return [log ? 0.1 : 0, 1];
    if (log) return low === high ? [low / 2, high * 2] : [low / (high / low) ** 0.05, high * (high / low) ** 0.05];
    const room = (high - low || Math.abs(high) || 1) * 0.06;
    return [low - room, high + room];
  }

  function axis(side) {
    return {
      stroke: colour('soft'),
      font: '12px system-ui, sans-serif',
      grid: { stroke: colour('line'), width: 1 },
      ticks: { show: false },
      size: side === 'y' ? (u, labels) => 20 + 7 * Math.max(3, ...(labels ?? []).map((one) => one.length)) : 30,
      gap: 6,
      ...(side === 'y'
        ? {
            splits: (u, i, low, high) => (log ? decades(low, high, height / 25) : ticks(low, high, height / 45)),
            filter: (u, splits) => splits,
            values: (u, splits) => splits.map(format),
          }
        : { values: (u, splits) => splits.map((s) => (Number.isInteger(s) ? String(s) : '')) }),
    };
  }

  function build(data) {
    plot?.destroy();
    plot = new uPlot(
      {
        width: Math.max(80, host.clientWidth),
        height,
        padding: [10, 12, 0, 0],
        legend: { show: false },
        cursor: {
          y: false,
          points: { size: 7 },
          drag: { x: true, y: false, setScale: false },
          bind: { dblclick: () => () => { reset(); return null; } },
        },
        scales: { x: { time: false }, y: { distr: log ? 3 : 1, range: yRange } },
        axes: [axis('x'), axis('y')],
        series: [{}, ...series.map((one) => ({ spanGaps: true, ...one }))],
        bands: series.flatMap((one, i) => (one.down ? [{ series: [i + 1, i + 2], fill: one.down }] : [])),
        hooks: {
          setSelect: [
            (u) => {
              const { left, width } = u.select;
              if (width < 4) return;
              u.setSelect({ left: 0, width: 0, top: 0, height: 0 }, false);
              setZoom([u.posToVal(left, 'x'), u.posToVal(left + width, 'x')]);
            },
          ],
          setCursor: [(u) => pointed(u.cursor.idx === null || u.cursor.idx === undefined ? null : u.data[0][u.cursor.idx])],
        },
      },
      data,
      host,
    );
  }

  function draw() {
    const data = tables.length ? uPlot.join(tables) : [[], ...series.map(() => [])];
    const now = JSON.stringify([log, series.map(({ label: name, stroke }) => [name, stroke])]);
    if (now !== shape) {
      shape = now;
      build(data);
    } else {
      plot.setData(data, false);
    }
    const [low, high] = zoom ?? extent();
    plot.setScale('x', { min: low, max: high === low ? low + 1 : high });
    host.dataset.from = low;
    host.dataset.to = high;
  }

  return {
    /** Shows tables ([steps, values, ...] each) drawn as these series, one for each values in their order. */
    show(newTables, newSeries, logarithmic) {
      tables = newTables;
      series = newSeries;
      log = logarithmic;
      draw();
    },
    /** Zooms to a range, or with null to everything, without telling anybody. */
    zoomTo: (range) => setZoom(range, false),
    change,
    reset,
    close() {
      resized.disconnect();
      DARK.removeEventListener('change', repaint);
      plot?.destroy();
    },
  };
}

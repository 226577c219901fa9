import uPlot from '/uplot.js';
import { el } from '/dom.js';
import { axisTime, short } from '/format.js';

// Okabe and Ito's colours, which colour-blind people can distinguish, each with a dash pattern.
const COLOURS = ['--series-1', '--series-2', '--series-3', '--series-4', '--series-5'];
const DASHES = [[], [6, 3], [2, 3], [8, 3, 2, 3], [3, 2]];

const probe = el('span', { hidden: true });

// A colour of the style sheet, for the canvas.
function colour(name) {
  if (!probe.isConnected) {
    document.body.append(probe);
  }
  probe.style.color = `var(${name})`;
  return getComputedStyle(probe).color;
}

export const seriesClass = (index) => `series-${(index % COLOURS.length) + 1}`;

// A line chart over time that follows its container's width and the theme.
export class LineChart {
  #place;
  #height;
  #format;
  #filled;
  #plot = null;
  #lines = [];
  #hasBand = false;
  #data = null;

  constructor(place, { height = 120, format = short, filled = false } = {}) {
    this.#place = place;
    this.#height = height;
    this.#format = format;
    this.#filled = filled;
    new ResizeObserver(() => this.#resize()).observe(place);
    document.addEventListener('themechange', () => this.#rebuild());
  }

  // starts: seconds since the epoch; lines: [{ name, points }]; band: the expected range behind them, { low, high }, or null.
  set(starts, lines, band = null) {
    const names = lines.map((line) => line.name);
    this.#data = [starts, ...lines.map((line) => line.points), ...(band ? [band.high, band.low] : [])];
    const hasBand = band !== null;
    if (this.#plot && hasBand === this.#hasBand && names.length === this.#lines.length && names.every((name, i) => name === this.#lines[i])) {
      this.#plot.setData(this.#data);
    } else {
      this.#lines = names;
      this.#hasBand = hasBand;
      this.#rebuild();
    }
  }

  #resize() {
    const width = Math.floor(this.#place.clientWidth);
    if (width > 0 && this.#plot?.width !== width) {
      if (this.#plot) {
        this.#plot.setSize({ width, height: this.#height });
      } else {
        this.#rebuild();
      }
    }
  }

  #rebuild() {
    this.#plot?.destroy();
    this.#plot = null;
    const width = Math.floor(this.#place.clientWidth);
    if (!this.#data || width === 0) {
      return;
    }
    const axis = {
      stroke: colour('--muted'),
      font: '11px system-ui, sans-serif',
      grid: { stroke: colour('--grid'), width: 1 },
      ticks: { show: false },
    };
    this.#plot = new uPlot(
      {
        width,
        height: this.#height,
        padding: [8, 8, 0, 0],
        legend: { show: false },
        cursor: { show: false },
        scales: { y: { range: (_, min, max) => [Math.min(0, min ?? 0), max > 0 ? max * 1.08 : 1] } },
        axes: [
          { ...axis, grid: { show: false }, size: 22, space: 64, values: (_, times, _axis, _space, step) => times.map((time) => axisTime(time, step)) },
          { ...axis, size: 46, space: 32, values: (_, values) => values.map((value) => this.#format(value)) },
        ],
        series: [
          {},
          ...this.#lines.map((name, i) => ({
            label: name,
            stroke: colour(COLOURS[i % COLOURS.length]),
            fill: this.#filled && i === 0 ? colour('--series-fill') : undefined,
            width: 2,
            dash: DASHES[i % DASHES.length],
            spanGaps: true,
            points: { size: 5, filter: (u, index, show, gaps) => loneValues(u.data[index], show, gaps) },
          })),
          ...(this.#hasBand ? ['high', 'low'] : []).map((label) => ({ label, stroke: colour('--band'), width: 1, spanGaps: true, points: { show: false } })),
        ],
        bands: this.#hasBand ? [{ series: [this.#lines.length + 1, this.#lines.length + 2], fill: colour('--band-fill') }] : [],
      },
      this.#data,
      this.#place,
    );
  }
}

// A value without neighbours is drawn as a point, not a line.
function loneValues(values) {
  const lone = [];
  values.forEach((value, i) => {
    if (value !== null && (values[i - 1] ?? null) === null && (values[i + 1] ?? null) === null) {
      lone.push(i);
    }
  });
  return lone.length > 0 ? lone : null;
}

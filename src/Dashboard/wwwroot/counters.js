import { LineChart, seriesClass } from '/charts.js';
import { byId, el, Keyed, set } from '/dom.js';
import { duration, number, share, short, title } from '/format.js';

const KEY = 'analytics-window';
const RANGES = [['minute', 'Last hour, by minute'], ['hour', 'Last 2 days, by hour'], ['day', 'Last 2 weeks, by day']];
const LENGTHS = { minute: 'last hour', hour: 'last 2 days', day: 'last 2 weeks' };
const MAX_BARS = 6;
const MAX_LINES = 5;
const RECENT = 10;
const UNUSUAL = 0.5;

// Formatted values of a measure; times are in milliseconds.
const formatOf = (counter) => (value) => {
  if (value === null || value === undefined) {
    return '–';
  }
  return counter.measure === 'rate' ? share(value) : counter.field?.endsWith('_time') ? duration(value) : number(value);
};

// A chart's lines, with the expected range behind them: that of its only line, or of the total, which is then a separate line.
function withBand(counter, series, bands) {
  const isOneLine = series.lines.length === 1 || counter.measure === 'percentiles';
  const band = bands.find((one) => one.value === null) ?? (isOneLine ? bands[0] : undefined);
  if (!band) {
    return [series.lines, null];
  }
  const at = new Map(band.starts.map((start, i) => [start, i]));
  const points = (values) => series.starts.map((start) => (at.has(start) ? values[at.get(start)] : null));
  const lines = isOneLine ? series.lines : [{ name: 'total', points: points(band.values) }, ...series.lines.slice(0, MAX_LINES - 1)];
  return [lines, { low: points(band.low), high: points(band.high) }];
}

// A card for each counter of definitions.json, laid out by its definition.
export function showCounters(store) {
  let range = localStorage.getItem(KEY) ?? 'minute';
  const cards = new Keyed(byId('counter-cards'), (name, counter) => new Card(store, name, counter));
  const buttons = RANGES.map(([window, text]) => el('button', {
    text,
    'data-window': window,
    onclick: () => {
      range = window;
      localStorage.setItem(KEY, window);
      draw();
    },
  }));
  byId('range').append(...buttons);

  function draw(changed) {
    buttons.forEach((button) => set(button, { 'aria-pressed': button.dataset.window === range }));
    const counters = store.list('counter/').sort(([, a], [, b]) => a.order - b.order);
    const names = changed && new Set(changed.map((key) => key.split('/')[1]));
    cards.update(counters, (card, counter, name) => {
      if (!names || names.has(name)) {
        card.draw(counter, range);
      }
    });
  }

  store.subscribe(['counter/', 'series/', 'expected/'], draw);
}

class Card {
  constructor(store, name, counter) {
    this.store = store;
    this.name = name;
    this.headline = el('p', { class: 'headline', 'data-counter': name });
    this.about = el('p', { class: 'about' });
    this.expected = el('p', { class: 'about expected' });
    this.canvas = el('div', { class: 'chart' });
    this.list = el('ol', { class: 'values' });
    this.rows = new Keyed(this.list, () => {
      const key = el('span', { class: 'key' });
      const label = el('span', { class: 'name' });
      const value = el('b', {});
      return { root: el('li', {}, key, label, value), key, label, value };
    });
    this.table = el('details', { class: 'more' }, el('summary', { text: 'All values' }));
    this.table.addEventListener('toggle', () => this.drawTable());
    this.root = el(
      'article',
      { class: 'card counter', 'aria-label': title(name) },
      el('h3', { text: title(name) }),
      el('p', { class: 'hint', text: counter.description }),
      this.headline,
      this.about,
      this.expected,
      this.canvas,
      this.list,
      this.table,
    );
    this.chart = new LineChart(this.canvas, { height: 120, format: counter.measure === 'rate' ? share : short, filled: counter.by.length === 0 });
  }

  draw(counter, range) {
    const window = counter.windows.includes(range) ? range : counter.windows[0];
    const series = this.store.get(`series/${this.name}/${window}`);
    if (!series) {
      return;
    }
    const format = formatOf(counter);
    const isAdditive = counter.measure === 'count' || counter.measure === 'sum';
    const windowsWithData = series.starts.filter((_, i) => series.lines.some((line) => line.points[i])).length;
    const isBars = counter.by.length > 0 && windowsWithData < 3;
    set(this.headline, { text: format(series.headline), 'data-value': series.headline ?? '' });
    const what = counter.measure === 'percentiles' ? `95th percentile of ${counter.field}` : counter.measure === 'distinct' ? `distinct ${counter.field}` : counter.measure === 'average' ? `average ${counter.field}` : counter.measure;
    const by = counter.by.length > 0 ? ` by ${counter.by.join(' and ')}` : '';
    const when = isAdditive ? LENGTHS[window] : `latest ${window}`;
    set(this.about, { text: `${title(what)}, ${when}${by}` });
    this.canvas.hidden = isBars;
    const bands = this.store.get(`expected/${this.name}/${window}`)?.bands ?? [];
    const [lines, band] = withBand(counter, series, bands);
    if (!isBars) {
      this.chart.set(series.starts, lines, band);
    }
    this.drawExpected(bands, format);
    this.drawValues(counter, series, lines, isBars, format);
    this.series = series;
    this.counter = counter;
    this.table.hidden = series.top.length <= MAX_BARS && !series.top.some((value) => value.last);
    set(this.table.firstElementChild, { text: series.values > series.top.length ? `Top ${series.top.length} of ${number(series.values)} values` : `All ${number(series.values)} values` });
    this.drawTable();
  }

  // The newest window of each series that an anomaly rule watches, marked if one of the latest was an anomaly.
  drawExpected(bands, format) {
    const texts = bands.map((band) => {
      const last = band.starts.length - 1;
      const score = Math.max(...band.score.slice(-RECENT));
      return `${band.value ?? 'Total'}: expected ${format(band.low[last])} to ${format(band.high[last])}, score ${score.toFixed(2)}`;
    });
    this.expected.hidden = bands.length === 0;
    const isUnusual = bands.some((band) => Math.max(...band.score.slice(-RECENT)) >= UNUSUAL);
    set(this.expected, { text: texts.join('; '), 'data-unusual': isUnusual });
  }

  // With lines their names, with bars the highest values.
  drawValues(counter, series, lines, isBars, format) {
    const bars = isBars ? series.top.slice(0, MAX_BARS) : [];
    const most = Math.max(...bars.map((value) => Math.abs(value.number ?? value.count)), 0) || 1;
    const isOne = lines.length === 1 && counter.by.length === 0;
    const rows = isBars
      ? bars.map((value) => [value.name, { name: value.name, text: format(value.number), bar: Math.abs(value.number ?? 0) / most }])
      : isOne ? []
      : lines.map((line, i) => [line.name, { name: line.name, text: format(line.points.findLast((point) => point !== null)), series: seriesClass(i) }]);
    set(this.list, { class: isBars ? 'values bars' : 'values' });
    this.rows.update(rows, (row, value) => {
      set(row.key, { class: value.series ? `key ${value.series}` : 'key' });
      set(row.label, { text: value.name, title: value.name });
      set(row.value, { text: value.text });
      row.root.style.setProperty('--share', value.bar ?? 0);
    });
  }

  drawTable() {
    if (!this.table.open || !this.series) {
      return;
    }
    const format = formatOf(this.counter);
    const hasLast = this.series.top.some((value) => value.last);
    const heads = [this.counter.by.join(', ') || 'Value', 'Events', ...(this.counter.measure === 'count' ? [] : [title(this.counter.measure)]), ...(hasLast ? [`Last ${this.counter.last}`] : [])];
    const table = el(
      'table',
      {},
      el('thead', {}, el('tr', {}, ...heads.map((text) => el('th', { scope: 'col', text })))),
      el('tbody', {}, ...this.series.top.map((value) => el(
        'tr',
        {},
        el('th', { scope: 'row', text: value.name }),
        el('td', { text: number(value.count) }),
        ...(this.counter.measure === 'count' ? [] : [el('td', { text: format(value.number) })]),
        ...(hasLast ? [el('td', { class: 'text', text: value.last ?? '' })] : []),
      ))),
    );
    const scroll = el('div', { class: 'scroll', tabindex: 0, role: 'region', 'aria-label': `Values of ${title(this.name)}` }, table);
    this.table.replaceChildren(this.table.firstElementChild, scroll);
  }
}

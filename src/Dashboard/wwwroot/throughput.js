import { LineChart } from '/charts.js';
import { byId, el, set } from '/dom.js';
import { rate } from '/format.js';

export function showThroughput(store) {
  const section = byId('throughput');
  const place = byId('throughput-chart');
  const canvas = el('div', { class: 'chart' });
  const read = el('b', {});
  const done = el('b', {});
  place.append(
    canvas,
    el('p', { class: 'legend' }, el('span', { class: 'key series-1' }, 'Read from the stream ', read), el('span', { class: 'key series-2' }, 'Processed by all functions ', done)),
  );
  const chart = new LineChart(canvas, { height: 150, filled: true });
  store.subscribe(['throughput'], () => {
    const entry = store.get('throughput');
    section.hidden = !entry;
    if (entry) {
      const starts = entry.in.map((_, i) => entry.end - entry.in.length + 1 + i);
      chart.set(starts, [{ name: 'in', points: entry.in }, { name: 'done', points: entry.done }]);
      set(read, { text: rate(entry.in.at(-1)) });
      set(done, { text: rate(entry.done.at(-1)) });
    }
  });
}

import { byId, el, Keyed, set } from '/dom.js';
import { duration, number, rate } from '/format.js';

const LOCAL = [
  ['Records', (one) => number(one.records)],
  ['Rate', (one) => rate(one.rate)],
  ['Invocations', (one) => number(one.invocations)],
  ['In flight', (one) => number(one.inFlight)],
  ['Errors', (one) => number(one.errors), (one) => one.errors > 0],
  ['Throttles', (one) => number(one.throttles), (one) => one.throttles > 0],
  ['Retried records', (one) => number(one.retried), (one) => one.retried > 0],
  ['Waiting', (one) => number(one.waiting)],
  ['Iterator age', (one) => duration(one.ageMs)],
  ['Duration', (one) => duration(one.durationMs)],
  ['Cold starts', (one) => number(one.coldStarts)],
  ['Memory', (one) => `${number(one.memoryMb)} MB`],
];
const STACK = [['State', (one) => one.status], ['Memory', (one) => `${number(one.memoryMb)} MB`]];

export function showFunctions(store, openLog) {
  const head = el('tr', {});
  const body = el('tbody', {});
  byId('functions-table').append(el('table', {}, el('thead', {}, head), body));
  let columns = [];
  const rows = new Keyed(body, (id, value) => {
    const name = value.hasLog ? el('button', { class: 'link', text: id, title: `Show the log of ${id}`, onclick: () => openLog(id) }) : el('span', { text: id });
    return el('tr', {}, el('th', { scope: 'row' }, name), ...columns.map(() => el('td', {})));
  });
  store.subscribe(['function/', 'info'], () => {
    const wanted = store.get('info')?.isLocal ? LOCAL : STACK;
    if (wanted !== columns) {
      columns = wanted;
      rows.update([]);
      head.replaceChildren(el('th', { scope: 'col', text: 'Function' }), ...columns.map(([text]) => el('th', { scope: 'col', text })));
    }
    rows.update(store.list('function/'), (row, one) => {
      columns.forEach(([, text, isBad], i) => set(row.children[i + 1], { text: text(one), class: isBad?.(one) ? 'bad' : '' }));
    });
  });
}

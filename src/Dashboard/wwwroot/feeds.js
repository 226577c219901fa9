import { byId, el, Keyed, set } from '/dom.js';
import { number, time } from '/format.js';

const fieldList = (fields) => el('dl', {}, ...fields.map((field) => el('div', {}, el('dt', { text: field.name }), el('dd', { text: field.text }))));

// A feed of alerts, failed batches or malformed records, newest first.
export function showFeed(store, name, whenEmpty) {
  const total = el('p', { class: 'total', 'data-total': name });
  const list = el('ol', { tabindex: 0, 'aria-label': byId(`${name}-feed`).querySelector('h2').textContent });
  const empty = el('p', { class: 'empty', text: whenEmpty });
  byId(`${name}-feed`).append(total, list, empty);
  const items = new Keyed(list, (_, item) => {
    const details = item.fields.filter((field) => field.isDetail);
    return el(
      'li',
      {},
      el('p', {}, el('strong', { text: item.title }), ' ', el('time', { datetime: item.time, text: time(item.time) })),
      fieldList(item.fields.filter((field) => !field.isDetail)),
      ...(details.length > 0 ? [el('details', {}, el('summary', { text: 'More' }), fieldList(details))] : []),
    );
  });
  store.subscribe([`${name}/`, `feed/${name}`], () => {
    const feed = store.get(`feed/${name}`);
    items.update(store.list(`${name}/`).reverse());
    set(total, { text: feed ? [number(feed.total), feed.detail].filter(Boolean).join(' · ') : '' });
    list.hidden = list.childElementCount === 0;
    empty.hidden = !list.hidden;
  });
}

import { byId, el, Keyed, set } from '/dom.js';
import { duration, number, rate } from '/format.js';

const shortId = (id) => id.replace(/^shardId-0*(?=\d)/, '');

// A strip of blocks, one per shard: the width is its range of hash keys, the fill its load.
export function showShards(store) {
  const strip = el('div', { class: 'strip', role: 'listbox', 'aria-label': 'Shards', 'aria-orientation': 'horizontal', tabindex: 0 });
  const detail = el('p', { class: 'detail', 'aria-live': 'polite' });
  byId('shards-strip').append(strip, detail);
  let chosen = null;
  let order = [];

  const describe = () => {
    const shard = chosen && store.get(`shard/${chosen}`);
    if (!shard) {
      const open = order.filter(([, one]) => one.isOpen).length;
      set(detail, { text: `${number(open)} open, ${number(order.length - open)} closing. ${number(order.reduce((sum, [, one]) => sum + one.waiting, 0))} records waiting.` });
      return;
    }
    const parts = [shard.isOpen ? 'open' : 'closed, being read to its end'];
    if (shard.rate !== null) {
      parts.push(rate(shard.rate), `${number(shard.waiting)} waiting`, `${number(shard.inFlight)} in flight`, `iterator age ${duration(shard.ageMs)}`);
    }
    if (shard.failing > 0) {
      parts.push(`failing, attempt ${shard.failing + 1}`);
    }
    set(detail, { text: `${chosen}: ${parts.join(', ')}` });
  };

  const choose = (id) => {
    chosen = id;
    for (const block of strip.children) {
      set(block, { 'aria-selected': block.dataset.id === id });
    }
    set(strip, { 'aria-activedescendant': `shard-${id}` });
    describe();
  };

  strip.addEventListener('keydown', (event) => {
    const step = { ArrowRight: 1, ArrowLeft: -1, Home: -Infinity, End: Infinity }[event.key];
    if (step && order.length > 0) {
      event.preventDefault();
      const at = order.findIndex(([id]) => id === chosen);
      choose(order[Math.min(order.length - 1, Math.max(0, at + step))][0]);
    }
  });

  const blocks = new Keyed(strip, (id) => el('div', { class: 'shard', id: `shard-${id}`, role: 'option', 'aria-selected': false, 'data-id': id, onclick: () => choose(id) }, el('span', { text: shortId(id) })));
  store.subscribe(['shard/'], () => {
    order = store.list('shard/').sort(([, a], [, b]) => a.start - b.start || Number(a.isOpen) - Number(b.isOpen));
    byId('shards').hidden = order.length === 0;
    const busiest = Math.max(1, ...order.map(([, shard]) => shard.rate ?? 0));
    set(strip, { 'data-many': order.length > 24 });
    blocks.update(order, (block, shard, id) => {
      const level = Math.ceil(((shard.rate ?? 0) / busiest) * 4);
      set(block, {
        'data-level': level,
        'data-state': shard.failing > 0 ? 'failing' : shard.isOpen ? 'open' : 'closed',
        'aria-label': `Shard ${shortId(id)}, ${shard.rate === null ? 'open' : rate(shard.rate)}${shard.failing > 0 ? ', failing' : ''}`,
      });
      block.style.flexGrow = Math.max(0.004, shard.end - shard.start);
    });
    describe();
  });
}

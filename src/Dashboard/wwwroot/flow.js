import { byId, set, svg } from '/dom.js';
import { rate } from '/format.js';

const NODE_HEIGHT = 46;
const ROW = 60;
const WIDE = 720;

const ICONS = {
  producer: 'M4 12h9m-4-5 5 5-5 5M18 4v16',
  stream: 'M3 7c3 0 3 3 6 3s3-3 6-3 3 3 6 3M3 14c3 0 3 3 6 3s3-3 6-3 3 3 6 3',
  function: 'M7 20 12.5 9 18 20M9 4h3l6 16',
  bucket: 'M4 6h16l-2 14H6zM4 6c0-3 16-3 16 0',
  table: 'M4 5h16v14H4zM4 10h16M4 15h16M10 5v14',
  topic: 'M6 10a6 6 0 0 1 12 0v5l2 3H4l2-3zM10 21h4',
  queue: 'M3 8h5v8H3zM10 8h5v8h-5zM17 8h4v8h-4z',
};

// The data flow diagram: producers, stream, functions and their targets, with live rates on the lines.
export function showFlow(store, openLog) {
  const place = byId('flow-picture');
  const lines = svg('g', {});
  const labels = svg('g', { 'aria-hidden': 'true' });
  const boxes = svg('g', {});
  const picture = svg('svg', { role: 'group', 'aria-labelledby': 'flow-title' }, lines, boxes, labels);
  place.append(picture);
  let layout = null;
  let shape = '';

  const build = () => {
    const nodes = store.list('node/');
    const edges = store.list('edge/').map(([, edge]) => edge);
    const width = Math.floor(place.clientWidth);
    const now = JSON.stringify([width, nodes.map(([id, node]) => [id, node.kind]), edges.map((edge) => [edge.from, edge.to])]);
    if (now === shape || width === 0 || nodes.length === 0) {
      return;
    }
    shape = now;
    layout = arrange(nodes, edges, width);
    set(picture, { viewBox: `0 0 ${width} ${layout.height}`, width, height: layout.height });
    lines.replaceChildren();
    labels.replaceChildren();
    boxes.replaceChildren();
    for (const line of layout.lines) {
      line.path = svg('path', { class: 'edge', d: line.d });
      line.flow = svg('path', { class: 'edge-flow', d: line.d });
      lines.append(line.path, line.flow);
      if (line.label) {
        line.text = svg('text', { class: 'edge-label', x: line.label.x, y: line.label.y, 'text-anchor': line.label.anchor ?? 'middle' });
        labels.append(line.text);
      }
    }
    for (const box of layout.boxes) {
      boxes.append(makeBox(box, openLog));
    }
  };

  const draw = () => {
    build();
    if (!layout) {
      return;
    }
    for (const box of layout.boxes) {
      const node = store.get(`node/${box.id}`);
      set(box.root, { 'data-state': node.state });
      set(box.detail, { text: node.detail });
    }
    for (const line of layout.lines) {
      const edge = store.get(`edge/${line.from}>${line.to}`);
      const speed = edge.rate ? Math.min(4, Math.ceil(Math.log10(edge.rate + 1) + 0.5)) : 0;
      set(line.flow, { 'data-speed': speed });
      set(line.path, { 'data-unit': edge.unit, 'data-speed': speed });
      if (line.text) {
        set(line.text, { text: edge.rate ? `${rate(edge.rate).replace('/s', '')} ${edge.unit}/s` : '', 'data-unit': edge.unit });
      }
    }
  };

  store.subscribe(['node/', 'edge/'], draw);
  new ResizeObserver(draw).observe(place);
}

function makeBox(box, openLog) {
  box.detail = svg('text', { class: 'node-detail', x: 40, y: 34 });
  const isFunction = box.kind === 'function';
  box.root = svg(
    'g',
    { class: `node node-${box.kind}`, transform: `translate(${box.x} ${box.y})`, 'data-id': box.id },
    svg('rect', { width: box.width, height: NODE_HEIGHT, rx: 10 }),
    svg('path', { class: 'icon', d: ICONS[box.kind], transform: 'translate(11 12) scale(0.9)' }),
    svg('text', { class: 'node-title', x: 40, y: 19, text: fit(box.title, box.width - 46) }),
    box.detail,
    ...(isFunction ? [] : [svg('title', { text: box.title })]),
  );
  if (isFunction) {
    const open = () => openLog(box.id);
    box.root.setAttribute('role', 'button');
    box.root.setAttribute('tabindex', 0);
    box.root.addEventListener('click', open);
    box.root.addEventListener('keydown', (event) => {
      if (event.key === 'Enter' || event.key === ' ') {
        event.preventDefault();
        open();
      }
    });
  }
  return box.root;
}

const CHARACTER = 8;

const fit = (text, width) => (text.length * CHARACTER <= width ? text : `${text.slice(0, Math.floor(width / CHARACTER) - 1)}…`);

function arrange(nodes, edges, width) {
  const kinds = new Map(nodes.map(([id, node]) => [id, node]));
  const read = edges.filter((edge) => edge.unit === 'records' && kinds.get(edge.to)?.kind === 'function').map((edge) => edge.to);
  const stream = edges.find((edge) => kinds.get(edge.from)?.kind === 'producer')?.to;
  const producers = nodes.filter(([, node]) => node.kind === 'producer').map(([id]) => id);
  const functions = nodes.filter(([, node]) => node.kind === 'function').map(([id]) => id)
    .sort((a, b) => Number(read.includes(b)) - Number(read.includes(a)) || (a < b ? -1 : 1));
  const row = new Map(functions.map((id, i) => [id, i]));
  const targets = nodes.map(([id]) => id).filter((id) => !row.has(id) && id !== stream && !producers.includes(id));
  // A target is beside the functions that write to it; the destination of all failures is last.
  const rank = (id) => {
    const rows = edges.filter((edge) => edge.to === id && row.has(edge.from)).map((edge) => row.get(edge.from));
    return kinds.get(id).kind === 'queue' ? Infinity : rows.reduce((sum, one) => sum + one, 0) / Math.max(1, rows.length);
  };
  targets.sort((a, b) => (rank(a) === rank(b) ? 0 : rank(a) - rank(b)));
  return width >= WIDE
    ? arrangeWide({ kinds, edges, width, producers, stream, functions, targets })
    : arrangeNarrow({ kinds, edges, width, producers, stream, functions, targets });
}

function arrangeWide({ kinds, edges, width, producers, stream, functions, targets }) {
  const nodeWidth = Math.min(180, Math.floor((width - 3 * 78) / 4));
  const gap = (width - 4 * nodeWidth) / 3;
  const columns = [producers, stream ? [stream] : [], functions, targets];
  const height = Math.max(functions.length, targets.length, 2) * ROW;
  const boxes = columns.flatMap((ids, column) => ids.map((id, i) => ({
    id,
    ...kinds.get(id),
    x: column * (nodeWidth + gap),
    y: (height - ids.length * ROW) / 2 + i * ROW + (ROW - NODE_HEIGHT) / 2,
    width: nodeWidth,
  })));
  const at = new Map(boxes.map((box) => [box.id, box]));
  const lines = edges.filter((edge) => at.has(edge.from) && at.has(edge.to)).map((edge) => {
    const from = at.get(edge.from);
    const to = at.get(edge.to);
    const [x1, y1, x2, y2] = [from.x + from.width, from.y + NODE_HEIGHT / 2, to.x, to.y + NODE_HEIGHT / 2];
    const bend = (x2 - x1) * 0.5;
    const label = edge.unit === 'calls' ? { x: x1 + 6, y: y1 - 6, anchor: 'start' }
      : edge.unit === 'failed' ? null
      : kinds.get(edge.to).kind === 'function' ? { x: x2 - 6, y: y2 - 6, anchor: 'end' }
      : { x: (x1 + x2) / 2, y: y1 - 8 };
    return { from: edge.from, to: edge.to, d: `M${x1} ${y1}C${x1 + bend} ${y1} ${x2 - bend} ${y2} ${x2} ${y2}`, label };
  });
  return { boxes, lines: onlyFirstLabels(lines), height };
}

function arrangeNarrow({ kinds, edges, width, producers, stream, functions, targets }) {
  const indent = 16;
  const nodeWidth = Math.floor((width - indent - 24) / 2);
  const right = width - nodeWidth;
  const boxes = [];
  const put = (id, x, rowNumber) => boxes.push({ id, ...kinds.get(id), x, y: rowNumber * ROW + 4, width: nodeWidth });
  producers.forEach((id) => put(id, indent, 0));
  if (stream) {
    put(stream, right, 0);
  }
  functions.forEach((id, i) => put(id, indent, i + 1.4));
  targets.forEach((id, i) => put(id, right, i + 1.4));
  const at = new Map(boxes.map((box) => [box.id, box]));
  const lines = edges.filter((edge) => at.has(edge.from) && at.has(edge.to)).map((edge) => {
    const from = at.get(edge.from);
    const to = at.get(edge.to);
    const [fy, ty] = [from.y + NODE_HEIGHT / 2, to.y + NODE_HEIGHT / 2];
    if (edge.from === stream) {
      const turn = from.y + NODE_HEIGHT + 12;
      const x = from.x + from.width / 2;
      return { from: edge.from, to: edge.to, d: `M${x} ${from.y + NODE_HEIGHT}V${turn}H6V${ty}H${to.x}`, label: null };
    }
    const [x1, x2] = [from.x + from.width, to.x];
    return { from: edge.from, to: edge.to, d: `M${x1} ${fy}C${x1 + 14} ${fy} ${x2 - 14} ${ty} ${x2} ${ty}`, label: null };
  });
  return { boxes, lines, height: (Math.max(functions.length, targets.length) + 1.4) * ROW };
}

// If several lines leave a box at one point, only the first has its label there.
function onlyFirstLabels(lines) {
  const taken = new Set();
  for (const line of lines) {
    const place = line.label && `${line.label.x} ${line.label.y}`;
    if (place && taken.has(place)) {
      line.label = null;
    }
    taken.add(place);
  }
  return lines;
}

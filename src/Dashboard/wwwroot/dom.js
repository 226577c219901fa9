// Elements are created only here, and text is set as text, so that event content never becomes markup.
const SVG = 'http://www.w3.org/2000/svg';

function fill(element, attributes, children) {
  for (const [name, value] of Object.entries(attributes ?? {})) {
    if (name === 'text') {
      element.textContent = value;
    } else if (name.startsWith('on')) {
      element.addEventListener(name.slice(2), value);
    } else if (value === true) {
      element.setAttribute(name, '');
    } else if (value !== false && value !== null && value !== undefined) {
      element.setAttribute(name, value);
    }
  }
  element.append(...children);
  return element;
}

export const el = (tag, attributes, ...children) => fill(document.createElement(tag), attributes, children);

export const svg = (tag, attributes, ...children) => fill(document.createElementNS(SVG, tag), attributes, children);

export const byId = (id) => document.getElementById(id);

// Sets an attribute or text only when it differs, to avoid unnecessary layout.
export function set(element, attributes) {
  for (const [name, value] of Object.entries(attributes)) {
    if (name === 'text') {
      if (element.textContent !== value) {
        element.textContent = value;
      }
    } else if (element.getAttribute(name) !== String(value)) {
      element.setAttribute(name, value);
    }
  }
}

// Keeps one element per key: creates new ones, removes old ones, and orders them.
export class Keyed {
  #parent;
  #make;
  #elements = new Map();

  constructor(parent, make) {
    this.#parent = parent;
    this.#make = make;
  }

  update(items, draw) {
    const keys = new Set(items.map(([key]) => key));
    for (const [key, element] of this.#elements) {
      if (!keys.has(key)) {
        (element.root ?? element).remove();
        this.#elements.delete(key);
      }
    }
    let before = this.#parent.firstElementChild;
    for (const [key, value] of items) {
      let element = this.#elements.get(key);
      if (!element) {
        element = this.#make(key, value);
        this.#elements.set(key, element);
      }
      const root = element.root ?? element;
      if (root === before) {
        before = before.nextElementSibling;
      } else {
        this.#parent.insertBefore(root, before);
      }
      draw?.(element, value, key);
    }
  }
}

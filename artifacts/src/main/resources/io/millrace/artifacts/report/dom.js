
'use strict';
const data = JSON.parse(document.getElementById('data').textContent);

/** Text with what steers the display (controls, overrides of direction) made visible. */
function shown(text) {
  return String(text ?? '').replace(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/g,
    c => '\\u' + c.codePointAt(0).toString(16).toUpperCase().padStart(4, '0'));
}

/** An element; attributes by name, `class` and listeners (`onclick`) among them; children are elements or text. */
function el(name, attributes = {}, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (value === undefined || value === null || value === false) continue;
    if (key.startsWith('on')) element.addEventListener(key.slice(2), value);
    else element.setAttribute(key, value === true ? '' : value);
  }
  append(element, children);
  return element;
}

function append(element, children) {
  for (const child of children.flat(Infinity)) {
    if (child === undefined || child === null || child === false) continue;
    element.append(child instanceof Node ? child : document.createTextNode(shown(child)));
  }
}

function replace(element, ...children) {
  element.replaceChildren();
  append(element, children);
}

const name = text => el('bdi', { class: 'name' }, text);
const code = text => el('bdi', { class: 'code' }, text);
const number = value => value === undefined || value === null ? '–' : Number(value).toLocaleString('en-US');

function bytes(value) {
  if (value === undefined || value === null) return '–';
  const units = ['B', 'KiB', 'MiB', 'GiB', 'TiB'];
  let size = Number(value);
  let unit = 0;
  while (size >= 1024 && unit < units.length - 1) { size /= 1024; unit++; }
  return (unit === 0 ? String(size) : size.toFixed(1)) + ' ' + units[unit];
}

/** A list of terms; pairs without a value are left out. */
function facts(pairs) {
  return el('dl', { class: 'facts' }, pairs.filter(([, value]) => value !== undefined && value !== null && value !== '')
    .map(([term, value]) => [el('dt', {}, term), el('dd', {}, value)]));
}

function table(heads, rows) {
  const cell = (tag, content, head) => el(tag, { class: head.number ? 'number' : head.brief ? 'brief' : head.slim ? 'slim' : null }, content);
  return el('div', { class: 'wide', tabindex: '0', role: 'region', 'aria-label': 'Table' },
    el('table', {}, el('thead', {}, el('tr', {}, heads.map(head => cell('th', head.title, head)))),
      el('tbody', {}, rows.map(row => el('tr', {}, row.map((content, i) => cell('td', content, heads[i])))))));
}

/** Tabs with their panels; the arrow keys go from tab to tab. */
function tabs(css, entries, onshow = () => {}) {
  const list = el('div', { class: css, role: 'tablist' });
  const panels = el('div');
  const show = id => {
    if (!entries.some(entry => entry.id === id)) return;
    for (const entry of entries) {
      const chosen = entry.id === id;
      entry.tab.setAttribute('aria-selected', String(chosen));
      entry.tab.tabIndex = chosen ? 0 : -1;
      entry.panel.hidden = !chosen;
      if (chosen && !entry.made) { entry.made = true; append(entry.panel, [entry.make()]); }
    }
    onshow(id);
  };
  for (const entry of entries) {
    const key = css + '-' + entry.id;
    entry.tab = el('button', { role: 'tab', id: key, type: 'button', 'aria-controls': key + '-panel', onclick: () => show(entry.id) },
      entry.title, entry.count === undefined ? null : el('span', { class: 'count' }, number(entry.count)));
    entry.panel = el('section', { role: 'tabpanel', id: key + '-panel', 'aria-labelledby': key, hidden: true });
    list.append(entry.tab);
    panels.append(entry.panel);
  }
  list.addEventListener('keydown', event => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!step) return;
    const at = entries.findIndex(entry => entry.tab === document.activeElement);
    const next = entries[(at + step + entries.length) % entries.length];
    show(next.id);
    next.tab.focus();
    event.preventDefault();
  });
  return { list, panels, show };
}


/** Lineage of columns: sources on the left, results on the right, a thread for each origin. */
const columnsView = (() => {
  const ROWS = '(rows)';
  const key = (side, dataset, column) => JSON.stringify([side, dataset, column]);
  const buttons = new Map();
  const threads = [];
  let flow;
  let canvas;
  let details;
  let chosen = null;

  const origins = [];
  for (const result of data.lineage?.results ?? []) {
    for (const column of result.columns) for (const origin of column.origins) origins.push(entry(origin, result.dataset, column.column));
    for (const origin of result.rows) origins.push(entry(origin, result.dataset, ROWS));
  }

  function entry(origin, dataset, column) {
    return { from: key('from', origin.dataset, origin.column), to: key('to', dataset, column), origin, dataset, column };
  }

  const how = origin => el('span', { class: 'chip' + (origin.type === 'DIRECT' ? '' : ' indirect') }, origin.subtype.toLowerCase().replace('_', ' '));

  function column(side, dataset, title, type, css = '') {
    const id = key(side, dataset, title);
    const button = el('button', { class: 'column ' + css, type: 'button', 'aria-pressed': 'false', 'data-side': side, 'data-column': dataset + '.' + title,
      onclick: () => chosen === id ? clear() : choose(side, dataset, title) },
      el('bdi', { class: 'name' }, title), el('span', { class: 'how' }), el('span', { class: 'type' }, type));
    buttons.set(id, button);
    return button;
  }

  function sources() {
    const used = new Map();
    for (const dataset of data.lineage?.required ?? []) used.set(dataset.dataset, new Set(dataset.columns));
    for (const { origin } of origins) {
      if (!used.has(origin.dataset)) used.set(origin.dataset, new Set());
      used.get(origin.dataset).add(origin.column);
    }
    return [...used].sort(([a], [b]) => a < b ? -1 : 1).map(([dataset, columns]) => {
      const known = fieldsOf(dataset);
      const all = [...known.map(field => [field.name, typeOf(field)])];
      for (const more of [...columns].sort()) {
        if (all.some(([title]) => title === more)) continue;
        const parent = all.findIndex(([title]) => more.startsWith(title + '.'));
        all.splice(parent < 0 ? all.length : parent + 1, 0, [more, '']);
      }
      const inUse = title => columns.has(title) || [...columns].some(other => other.startsWith(title + '.'));
      return el('div', { class: 'table from' }, el('h3', {}, name(dataset)),
        all.map(([title, type]) => column('from', dataset, title, type, inUse(title) ? '' : 'unused')));
    });
  }

  function results() {
    return (data.lineage?.results ?? []).map(result => el('div', { class: 'table to' }, el('h3', {}, name(result.dataset)),
      result.columns.map(one => column('to', result.dataset, one.column, '')),
      column('to', result.dataset, ROWS, 'which rows there are', 'rows')));
  }

  function draw() {
    if (!flow?.isConnected) return;
    const base = flow.getBoundingClientRect();
    if (base.width === 0) return;
    threads.forEach(thread => {
      const a = buttons.get(thread.from)?.getBoundingClientRect();
      const b = buttons.get(thread.to)?.getBoundingClientRect();
      if (!a || !b) return;
      const x1 = a.right - base.left;
      const x2 = b.left - base.left;
      const y1 = (a.top + a.bottom) / 2 - base.top;
      const y2 = (b.top + b.bottom) / 2 - base.top;
      const middle = (x1 + x2) / 2;
      thread.path.setAttribute('d', `M${x1} ${y1}C${middle} ${y1} ${middle} ${y2} ${x2} ${y2}`);
    });
  }

  function clear() {
    chosen = null;
    flow.classList.remove('some');
    buttons.forEach(button => {
      button.classList.remove('on', 'chosen');
      button.setAttribute('aria-pressed', 'false');
      button.querySelector('.how').replaceChildren();
    });
    threads.forEach(thread => thread.path.classList.remove('on'));
    hint();
    draw();
  }

  function choose(side, dataset, title) {
    clear();
    const id = key(side, dataset, title);
    if (!buttons.has(id)) return;
    chosen = id;
    const mine = origins.filter(one => (side === 'to' ? one.to : one.from) === id);
    flow.classList.add('some');
    buttons.get(id).classList.add('chosen', 'on');
    buttons.get(id).setAttribute('aria-pressed', 'true');
    for (const one of mine) {
      const other = buttons.get(side === 'to' ? one.from : one.to);
      other.classList.add('on');
      other.querySelector('.how').append(how(one.origin));
    }
    threads.forEach(thread => thread.path.classList.toggle('on', (side === 'to' ? thread.to : thread.from) === id));
    tell(side, dataset, title, mine);
    draw();
  }

  /** A line for each column, with all its kinds. */
  function listed(pairs) {
    const kinds = new Map();
    for (const [title, origin] of pairs) kinds.set(title, [...(kinds.get(title) ?? []), ' ', how(origin)]);
    return [...kinds].map(([title, chips]) => el('li', {}, code(title), chips));
  }

  function tell(side, dataset, title, mine) {
    const list = (head, some) => some.length === 0 ? null : [el('h4', {}, head), el('ul', { class: 'list' }, some)];
    const lines = wanted => listed(mine.filter(wanted).map(one => [side === 'to' ? one.origin.dataset + '.' + one.origin.column : one.dataset + '.' + one.column, one.origin]));
    const rows = side === 'to' && title !== ROWS
      ? listed(origins.filter(one => one.to === key('to', dataset, ROWS)).map(one => [one.origin.dataset + '.' + one.origin.column, one.origin])) : [];
    replace(details, el('h3', {}, code(dataset + '.' + title)),
      mine.length === 0 ? el('p', { class: 'soft' }, side === 'to' ? 'Comes from no column: a constant, a count or a function without arguments.' : 'No result depends on it.') : null,
      list(side === 'to' ? 'Its values come from' : 'Goes into the values of', lines(one => one.origin.type === 'DIRECT')),
      list(side === 'to' ? 'Decided by' : 'Decides on', lines(one => one.origin.type !== 'DIRECT')),
      list('Which rows there are is decided by', rows));
  }

  function hint() {
    replace(details, el('h3', {}, 'Lineage of columns'), el('p', { class: 'soft' }, 'Choose a column of a result to see what it comes from, or one of a source to see what it goes into.'),
      el('dl', { class: 'facts' }, [['identity', 'the value itself'], ['transformation', 'computed of it'], ['aggregation', 'computed of it over rows'],
        ['join', 'which rows meet'], ['group by', 'which rows are one group'], ['filter', 'which rows are kept'], ['sort', 'in which order rows are taken'],
        ['window', 'which rows a window holds'], ['conditional', 'which of several values is taken']]
        .map(([kind, meaning], i) => [el('dt', {}, el('span', { class: 'chip' + (i < 3 ? '' : ' indirect') }, kind)), el('dd', {}, meaning)])));
  }

  function make() {
    const ns = 'http://www.w3.org/2000/svg';
    canvas = document.createElementNS(ns, 'svg');
    canvas.setAttribute('class', 'threads');
    canvas.setAttribute('aria-hidden', 'true');
    details = el('aside', { class: 'card details', 'aria-live': 'polite' });
    flow = el('div', { class: 'flow' }, el('div', { class: 'side from' }, sources()), el('div', { class: 'side to' }, results()), canvas);
    const drawn = new Map();
    for (const one of origins) {
      const direct = one.origin.type === 'DIRECT';
      const id = one.from + one.to + direct;
      if (drawn.has(id)) continue;
      const path = document.createElementNS(ns, 'path');
      path.setAttribute('class', direct ? 'thread' : 'thread indirect');
      canvas.append(path);
      drawn.set(id, path);
      threads.push({ from: one.from, to: one.to, path });
    }
    hint();
    flow.addEventListener('keydown', event => { if (event.key === 'Escape') clear(); });
    new ResizeObserver(draw).observe(flow);
    return [el('div', { class: 'legend' },
      el('span', {}, el('span', { class: 'stroke' }), 'direct: values go into values'),
      el('span', {}, el('span', { class: 'stroke indirect' }), 'indirect: values decide')),
    el('div', { class: 'beside' }, flow, details)];
  }

  return { make, choose, draw };
})();


/** A drawn graph: boxes can be chosen by pointer or keyboard; what leads to and from a box is highlighted. */
function graph(id, onchoose, extra = []) {
  const drawing = document.querySelector(`template[data-graph="${id}"]`).content.firstElementChild.cloneNode(true);
  const boxes = new Map();
  const arrows = [];
  drawing.querySelectorAll('[data-box]').forEach(box => boxes.set(box.dataset.box, box));
  drawing.querySelectorAll('[data-from]').forEach(group => arrows.push({ from: group.dataset.from, to: group.dataset.to, group }));
  const width = drawing.viewBox.baseVal.width;
  const height = drawing.viewBox.baseVal.height;
  const canvas = el('div', { class: 'canvas', tabindex: '0', role: 'region', 'aria-label': 'Graph' }, drawing);

  const light = (nodes, edges) => {
    drawing.classList.toggle('some', nodes !== null);
    boxes.forEach((box, key) => box.classList.toggle('on', nodes !== null && nodes.has(key)));
    arrows.forEach(arrow => arrow.group.classList.toggle('on', nodes !== null && edges(arrow)));
  };
  const reach = (start, from, to) => {
    const seen = new Set([start]);
    const open = [start];
    while (open.length > 0) {
      const at = open.pop();
      arrows.forEach(arrow => {
        if (arrow[from] === at && !seen.has(arrow[to])) { seen.add(arrow[to]); open.push(arrow[to]); }
      });
    }
    return seen;
  };
  const mark = key => boxes.forEach((box, other) => {
    box.classList.toggle('chosen', other === key);
    box.setAttribute('aria-pressed', String(other === key));
  });
  const choose = key => {
    mark(key);
    if (key === null) { light(null); onchoose(null); return; }
    const after = reach(key, 'from', 'to');
    const before = reach(key, 'to', 'from');
    light(new Set([...after, ...before]), arrow =>
      (after.has(arrow.from) && after.has(arrow.to)) || (before.has(arrow.from) && before.has(arrow.to)));
    onchoose(key, { after, before });
  };
  const path = keys => {
    mark(null);
    onchoose(null);
    light(keys && new Set(keys), arrow => keys.indexOf(arrow.to) === keys.indexOf(arrow.from) + 1 && keys.includes(arrow.from));
  };
  boxes.forEach((box, key) => {
    box.setAttribute('tabindex', '0');
    box.setAttribute('role', 'button');
    box.setAttribute('aria-pressed', 'false');
    box.setAttribute('aria-label', [...box.querySelectorAll('text')].map(text => text.textContent).join(', '));
    const press = () => choose(box.classList.contains('chosen') ? null : key);
    box.addEventListener('click', press);
    box.addEventListener('keydown', event => {
      if (event.key === 'Enter' || event.key === ' ') { press(); event.preventDefault(); }
      if (event.key === 'Escape') choose(null);
    });
  });

  let scale = 1;
  const size = factor => {
    scale = Math.min(3, Math.max(0.1, factor));
    drawing.setAttribute('width', String(width * scale));
    drawing.setAttribute('height', String(height * scale));
  };
  const fit = () => size(Math.min(1.25, (canvas.clientWidth - 2) / width, Math.max(240, innerHeight * 0.7) / height));
  const button = (text, label, action) => el('button', { type: 'button', 'aria-label': label, onclick: action }, text);
  const tools = el('div', { class: 'tools' }, extra, el('span', { class: 'space' }),
    button('−', 'Smaller', () => size(scale / 1.25)), button('+', 'Larger', () => size(scale * 1.25)),
    button('Fit', 'All of it', fit), button('1:1', 'Full size', () => size(1)));
  return { element: el('div', { class: 'graph', 'data-graph-of': id }, tools, canvas), choose, path, fit, size,
    /** Full size where all of it would be too small to read. */
    settle: () => { fit(); if (scale < 0.8) size(0.8); } };
}

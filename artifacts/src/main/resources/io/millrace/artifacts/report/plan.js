
const STAGES = [['exec', 'Operators', 'What runs: the operators of the compiled plan.'], ['physical', 'Physical', 'After all rules, with changelog modes and upsert keys.'],
  ['logical', 'Logical', 'After the logical phase; lineage is read off it.'], ['ast', 'As written', 'The queries as they were written, views put in.']];

/** Figures of a run by number of the operator. */
const measured = id => (data.run?.nodes ?? []).filter(node => Number(node.id ?? -1) === id);

/** Types as people write them. */
const plainType = text => text.replaceAll(' CHARACTER SET "UTF-16LE"', '').replaceAll('VARCHAR(2147483647)', 'STRING').replaceAll('VARBINARY(2147483647)', 'BYTES');

function nodeDetails(stage, node) {
  const estimate = stage === 'physical' ? (data.estimates ?? []).find(one => one.number === node.number) : undefined;
  const figures = stage === 'exec' ? measured(node.number) : [];
  const long = Object.entries(node.attributes ?? {});
  return [el('h3', {}, name(node.type)), el('div', { class: 'soft' }, 'number ' + node.number),
    figures.map(one => [el('h4', {}, 'In the run: ', one.name), runFacts(one)]),
    facts([['changes', node.changelog && code(node.changelog)],
      ['upsert keys', node.upsert_keys?.length ? code(node.upsert_keys.map(one => '(' + one.join(', ') + ')').join(' ')) : undefined],
      ['rows expected', estimate && estimate.rows !== null ? number(estimate.rows) : undefined], ['cost expected', estimate?.cost && code(estimate.cost)]]),
    long.map(([title, text]) => text === '' ? null : [el('h4', {}, title), el('pre', { class: 'wrap' }, text)]),
    node.columns?.length ? [el('h4', {}, 'Columns'), el('ul', { class: 'list' }, node.columns.map(one => el('li', {}, code(plainType(one)))))] : null];
}

function stageView(stage, note) {
  const nodes = data.nodes[stage] ?? [];
  const details = el('aside', { class: 'card details', 'aria-live': 'polite' });
  const hint = () => replace(details, el('h3', {}, `${number(nodes.length)} nodes`), el('p', { class: 'soft' }, note + ' Choose a node for what it does.'));
  const drawn = graph(stage, key => {
    const node = nodes.find(one => 'n' + one.number === key);
    if (node) replace(details, nodeDetails(stage, node));
    else hint();
  }, [el('span', { class: 'key dataset' }, 'reads'), el('span', { class: 'key' }, 'step'), el('span', { class: 'key result' }, 'writes')]);
  hint();
  requestAnimationFrame(drawn.settle);
  return [el('div', { class: 'beside' }, drawn.element, details),
    el('h2', {}, 'As text'), el('pre', { tabindex: '0' }, data.texts[stage])];
}

function planView() {
  const stages = tabs('stages', STAGES.filter(([stage]) => (data.nodes[stage] ?? []).length > 0)
    .map(([stage, title, note]) => ({ id: stage, title, make: () => stageView(stage, note) })));
  stages.show((STAGES.find(([stage]) => (data.nodes[stage] ?? []).length > 0) ?? ['exec'])[0]);
  return [stages.list, stages.panels];
}

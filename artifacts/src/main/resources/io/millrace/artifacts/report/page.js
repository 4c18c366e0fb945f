
const page = (() => {
  const manifest = data.manifest;
  const fact = (term, value) => el('div', {}, el('dt', {}, term), el('dd', {}, value));
  const count = role => (manifest.datasets ?? []).filter(dataset => dataset.role === role).length;
  const entries = [
    { id: 'pipeline', title: 'Pipeline', make: pipelineView },
    { id: 'columns', title: 'Columns', make: columnsView.make },
    { id: 'plan', title: 'Plan', make: planView },
    { id: 'changes', title: 'Changes', count: data.differences?.lines.length, make: changesView },
    { id: 'warnings', title: 'Warnings', count: (data.warnings ?? []).length, make: warningsView },
    data.run && { id: 'run', title: 'Run', make: runView },
    { id: 'inputs', title: 'Inputs', make: inputsView },
  ].filter(Boolean);
  const main = tabs('tabs', entries, id => {
    if (location.hash !== '#' + id) history.replaceState(null, '', '#' + id);
    if (id === 'columns') requestAnimationFrame(columnsView.draw);
  });
  const head = el('header', {}, el('h1', {}, name(manifest.pipeline)), el('dl', { class: 'meta' },
    fact('plan', code(manifest.plan_id)), fact('planned', (manifest.created ?? '').replace('T', ' ').replace(/\..*|Z$/, '') + ' UTC'),
    fact('Flink', data.engine?.flink ?? '–'), fact('sources', number(count('source'))), fact('results', number(count('result'))),
    fact('operators', number((data.nodes.exec ?? []).length))));
  append(document.getElementById('page'), [head, main.list, el('main', {}, main.panels)]);
  return main;
})();
const wanted = location.hash.slice(1);
page.show('pipeline');
if (wanted) page.show(wanted);
addEventListener('hashchange', () => page.show(location.hash.slice(1)));

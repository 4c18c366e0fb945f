
const KINDS = { dataset: 'Datasets', column: 'Columns of sources', lineage: 'Lineage', rows: 'Which rows there are', function: 'Functions', setting: 'Settings',
  engine: 'Engine', operator: 'Operators', state: 'State after a restart from a savepoint', cost: 'Expected cost' };

function changesView() {
  const differences = data.differences;
  if (!differences) return el('p', { class: 'soft' }, 'There was no plan to compare with.');
  if (differences.lines.length === 0) return el('p', {}, 'Nothing differs from ', code(differences.before), '.');
  const groups = new Map();
  for (const line of differences.lines) {
    const kind = line.slice(0, line.indexOf(' '));
    if (!groups.has(kind)) groups.set(kind, []);
    groups.get(kind).push(line.slice(kind.length + 1));
  }
  const mark = line => /: (added|new, )/.test(line) ? ['added', '+'] : /: (removed|lost)/.test(line) ? ['removed', '−'] : /: kept/.test(line) ? ['', '='] : ['changed', '~'];
  return [el('p', {}, 'Compared with plan ', code(differences.before), '.'),
    [...groups].map(([kind, lines]) => [el('h2', {}, KINDS[kind] ?? kind), table([{ title: '', slim: true }, { title: 'What' }],
      lines.map(line => { const [css, sign] = mark(line); return [el('span', { class: 'mark ' + css }, sign), code(line)]; }))])];
}

function warningsView() {
  const warnings = data.warnings ?? [];
  return warnings.length === 0 ? el('p', { class: 'soft' }, 'The planner warns of nothing.') : warnings.map(warning => el('p', { class: 'note' }, name(warning)));
}

function bar(value, whole, css) {
  const ns = 'http://www.w3.org/2000/svg';
  const svg = document.createElementNS(ns, 'svg');
  svg.setAttribute('class', 'bar');
  svg.setAttribute('viewBox', '0 0 100 8');
  svg.setAttribute('preserveAspectRatio', 'none');
  svg.setAttribute('aria-hidden', 'true');
  for (const [width, kind] of [[100, ''], [whole > 0 ? Math.min(100, 100 * value / whole) : 0, 'part ' + css]]) {
    const rect = document.createElementNS(ns, 'rect');
    rect.setAttribute('width', String(width));
    rect.setAttribute('height', '8');
    rect.setAttribute('rx', '2');
    if (kind) rect.setAttribute('class', kind);
    svg.append(rect);
  }
  return svg;
}

const seconds = value => value === undefined || value === null ? '–' : (value / 1000).toFixed(1) + ' s';

const runFacts = node => facts([['rows in', number(node.rows_in)], ['rows out', number(node.rows_out)], ['busy', seconds(node.busy_ms)],
  ['back-pressured', seconds(node.backpressured_ms)], ['state', bytes(node.state_bytes)], ['rows held', node.held_rows], ['skew', node.skew]]);

function runView() {
  const run = data.run;
  const nodes = run.nodes ?? [];
  const most = Math.max(0, ...nodes.map(node => Math.max(node.busy_ms ?? 0, node.backpressured_ms ?? 0)));
  return [facts([['run', code(run.run_id)], ['started', run.started], ['took', run.seconds === undefined ? undefined : Number(run.seconds).toFixed(1) + ' s']]),
    el('h2', {}, 'Operators'),
    table([{ title: 'Operator', brief: true }, { title: 'Rows in', number: true }, { title: 'Rows out', number: true }, { title: 'Busy', brief: true },
      { title: 'Back-pressured', brief: true }, { title: 'State', number: true }, { title: 'Held', number: true }, { title: 'Skew', number: true }],
    nodes.map(node => [name(node.id === undefined || node.name.includes(`[${node.id}]`) ? node.name : `${node.name} [${node.id}]`), number(node.rows_in), number(node.rows_out), [bar(node.busy_ms ?? 0, most, ''), seconds(node.busy_ms)],
      [bar(node.backpressured_ms ?? 0, most, 'held'), seconds(node.backpressured_ms)], bytes(node.state_bytes), number(node.held_rows), node.skew ? Number(node.skew).toFixed(2) : '–']))];
}

function inputsView() {
  const manifest = data.manifest;
  const settings = Object.entries(manifest.settings ?? {}).filter(([, setting]) => setting.origin !== 'default');
  return [el('h2', {}, 'Datasets'),
    table([{ title: 'Dataset' }, { title: 'Role' }, { title: 'Version', number: true }, { title: 'Key' }, { title: 'Protocol' }, { title: 'Location' }, { title: 'Identity hash', brief: true }],
      (manifest.datasets ?? []).map(one => [name(one.dataset), one.role, one.version < 0 ? '–' : number(one.version), code((one.key ?? []).join(', ')), one.protocol ?? '', code(one.location), code((one.identity_hash ?? '').slice(0, 12))])),
    data.scan_units?.length ? [el('h2', {}, 'Scans'),
      table([{ title: 'Dataset' }, { title: 'Version', number: true }, { title: 'Files', number: true }, { title: 'Bytes', number: true }, { title: 'Rows', number: true }, { title: 'Filter' }, { title: 'Columns' }],
        data.scan_units.map(one => [name(one.dataset), number(one.version), `${number(one.files_kept)} of ${number(one.files_all)}`, bytes(one.bytes), number(one.rows), code(one.filter), code(one.columns.join(', '))]))] : null,
    data.functions?.required?.length ? [el('h2', {}, 'Functions'),
      table([{ title: 'Function' }, { title: 'Version' }, { title: 'Tags' }], data.functions.required.map(one => [name(one.name), one.version, (one.tags ?? []).join(', ')]))] : null,
    data.rules ? rulesTable(data.rules) : null,
    [el('h2', {}, 'Settings'), el('p', { class: 'soft' }, 'Those that somebody made; those that decide what the plan computes are in bold.'),
      table([{ title: 'Setting' }, { title: 'Value' }, { title: 'From', brief: true }], settings.map(([key, setting]) =>
        [key in (data.settings ?? {}) ? el('strong', {}, code(key)) : code(key), code(setting.value), setting.origin]))],
    Object.keys(data.definition ?? {}).length === 0 ? null : [el('h2', {}, 'Definition'), Object.entries(data.definition).map(([file, text]) =>
      el('details', {}, el('summary', {}, name(file)), el('pre', { tabindex: '0' }, text)))]];
}

function rulesTable(rules) {
  const fired = Object.entries(rules);
  return fired.length === 0 ? null : [el('h2', {}, 'Planner rules that fired'),
    table([{ title: 'Rule' }, { title: 'Times', number: true }], fired.map(([rule, times]) => [code(rule), number(times)]))];
}

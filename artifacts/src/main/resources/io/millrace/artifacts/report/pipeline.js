
const tasks = (data.task_graph?.tasks ?? []).map((task, i) => ({ ...task, key: 't' + i, label: task.name.slice(task.name.indexOf(' ') + 1) }));

const datasetNamed = wanted => (data.manifest.datasets ?? []).find(dataset => dataset.dataset === wanted);

function typeOf(field) {
  const type = field.type ?? {};
  if (type.name === undefined) return '';
  const known = { utf8: 'string', bool: 'boolean', int64: 'bigint', int32: 'int', int16: 'smallint', int8: 'tinyint' }[type.name + (type.bitWidth ?? '')];
  if (known) return known;
  const more = type.name === 'decimal' ? `(${type.precision}, ${type.scale})` : type.bitWidth ? String(type.bitWidth) : '';
  return type.name + more;
}

const fieldsOf = dataset => (data.schemas?.[dataset]?.fields ?? []);

/** Details of one task. */
function taskDetails(task, reached) {
  const names = keys => tasks.filter(other => keys.has(other.key) && other !== task);
  const list = (title, some) => some.length === 0 ? null
    : [el('h4', {}, title), el('ul', { class: 'list' }, some.map(other => el('li', {}, name(other.label), ' ', el('span', { class: 'soft' }, other.kind.toLowerCase()))))];
  const own = {
    DATASET: () => datasetFacts(task.label),
    RESULT: () => [datasetFacts(task.label), resultColumns(task.label), viewFacts(task.label)],
    SCAN: () => scanFacts(task.label),
    VIEW: () => viewFacts(task.label),
  }[task.kind]();
  return [el('h3', {}, name(task.label)), el('div', { class: 'soft' }, task.kind.toLowerCase()), own,
    list('Needs', names(reached.before)), list(task.kind === 'DATASET' ? 'Affected when it changes' : 'Feeds', names(reached.after))];
}

function datasetFacts(wanted) {
  const dataset = datasetNamed(wanted);
  if (!dataset) return null;
  return facts([
    ['version', dataset.version < 0 ? 'not there yet' : number(dataset.version)],
    ['key', dataset.key?.length ? code(dataset.key.join(', ')) : 'none'],
    ['location', dataset.location && code(dataset.location)],
    ['protocol', dataset.protocol],
    ['columns', fieldsOf(wanted).length || undefined],
  ]);
}

function resultColumns(result) {
  const lineage = (data.lineage?.results ?? []).find(other => other.dataset === result);
  if (!lineage) return null;
  return [el('h4', {}, 'Columns'), el('ul', { class: 'list' }, lineage.columns.map(column => el('li', {},
    el('button', { class: 'column', type: 'button', onclick: () => { page.show('columns'); columnsView.choose('to', result, column.column); } }, name(column.column)))))];
}

/** The scan that a task stands for: the nth of its dataset. */
function scanUnit(label) {
  const at = label.lastIndexOf(' ');
  return (data.scan_units ?? []).filter(unit => unit.dataset === label.slice(0, at))[Number(label.slice(at + 1)) - 1];
}

function scanFacts(label) {
  const unit = scanUnit(label);
  if (!unit) return null;
  return [facts([['version', number(unit.version)], ['files', `${number(unit.files_kept)} of ${number(unit.files_all)}`],
    ['bytes', bytes(unit.bytes)], ['rows', unit.rows === null ? undefined : number(unit.rows)],
    ['filter', unit.filter && code(unit.filter)], ['columns', code(unit.columns.join(', '))]])];
}

function viewFacts(label) {
  const query = data.queries?.[label];
  return query ? [el('h4', {}, 'Query'), el('pre', { class: 'wrap' }, query.text)] : null;
}

/** What a box says of its task as it was when planned; nothing where only its kind is known. */
function inBox(task) {
  const version = task.kind === 'DATASET' ? datasetNamed(task.label)?.version : undefined;
  if (version !== undefined && version >= 0) return 'version ' + number(version);
  const unit = task.kind === 'SCAN' ? scanUnit(task.label) : undefined;
  return unit ? `${number(unit.files_kept)} of ${number(unit.files_all)} files` : null;
}

function pipelineView() {
  const details = el('aside', { class: 'card details', 'aria-live': 'polite' });
  const hint = () => replace(details, el('h3', {}, 'The pipeline'),
    el('p', { class: 'soft' }, 'Choose a box: what it needs and what it affects is highlighted.'),
    el('h4', {}, 'Generations'),
    el('ol', {}, (data.task_graph?.generations ?? []).map(generation => el('li', {}, generation.map((task, i) => [i ? ', ' : '', name(task.slice(task.indexOf(' ') + 1))])))));
  const keysOf = names => names.map(wanted => tasks.find(task => task.name === wanted)?.key);
  const critical = el('button', { type: 'button', 'aria-pressed': 'false', onclick: () => {
    const on = critical.getAttribute('aria-pressed') !== 'true';
    drawn.path(on ? keysOf(data.task_graph.critical_path ?? []) : null);
    critical.setAttribute('aria-pressed', String(on));
  } }, 'Critical path');
  const keys = ['dataset', 'scan', 'view', 'result'].filter(kind => tasks.some(task => task.kind.toLowerCase() === kind))
    .map(kind => el('span', { class: 'key ' + kind }, kind));
  const drawn = graph('tasks', (key, reached) => {
    critical.setAttribute('aria-pressed', 'false');
    const task = tasks.find(other => other.key === key);
    if (task) replace(details, taskDetails(task, reached));
    else hint();
  }, [critical, keys]);
  for (const task of tasks) {
    const said = inBox(task);
    if (said) drawn.element.querySelector(`[data-box="${task.key}"] .line`).textContent = said;
  }
  hint();
  requestAnimationFrame(drawn.settle);
  return el('div', { class: 'beside' }, drawn.element, details);
}

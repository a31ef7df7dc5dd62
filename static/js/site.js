/* Conveniences only: every page does its whole work without this file. Words come from the page, never from here. */
const all = (selector, root = document) => [...root.querySelectorAll(selector)];
const DRAFT_DAYS = 7;

/* Storage may be full, blocked or absent; then there simply is no draft. */
const stored = (act) => { try { return act(localStorage); } catch { return null; } };

/* How many characters are left. Spoken only when the person pauses. */
function count(area) {
  const note = document.createElement('span');
  note.className = 'counter';
  const spoken = document.createElement('span');
  spoken.className = 'unseen';
  spoken.setAttribute('role', 'status');
  const words = () => area.dataset.counter.replace('#', area.maxLength - area.value.length);
  let pause;
  const show = () => {
    note.textContent = words();
    clearTimeout(pause);
    pause = setTimeout(() => { if (document.activeElement === area) spoken.textContent = words(); }, 1500);
  };
  note.setAttribute('aria-hidden', 'true');
  area.after(note, spoken);
  area.addEventListener('input', show);
  show();
}

/* What may lie in the storage of a telephone that others use too: what is said, not who says it. */
const draftable = (form) => [...form.elements].filter((field) => field.name &&
  (/^(textarea|radio)$/.test(field.type) || 'draft' in field.dataset));

function keepDraft(form) {
  const key = 'draft:' + form.dataset.draftKey;
  const fields = draftable(form);
  const ticks = (field) => /radio|checkbox/.test(field.type);
  const kept = JSON.parse(stored((store) => store.getItem(key)) || 'null');
  const untouched = !fields.some((field) => /text/.test(field.type) && field.value);
  if (kept && untouched && Date.now() - kept.at < DRAFT_DAYS * 864e5) {
    for (const field of fields) {
      if (ticks(field)) field.checked = (kept.values[field.name] || []).includes(field.value);
      else if (kept.values[field.name]) [field.value] = kept.values[field.name];
      field.dispatchEvent(new Event('input'));
    }
    all('[data-draft-restored]', form).forEach((note) => { note.hidden = false; });
  }
  let pause;
  const keep = () => {
    if (!pause) return;
    clearTimeout(pause);
    pause = 0;
    const values = {};
    for (const field of fields) {
      if (!ticks(field) || field.checked) (values[field.name] ||= []).push(field.value);
    }
    stored((store) => store.setItem(key, JSON.stringify({ at: Date.now(), values })));
  };
  form.addEventListener('input', () => {
    clearTimeout(pause);
    pause = setTimeout(keep, 800);
  });
  addEventListener('pagehide', keep);
}

function refresh(place) {
  fetch(place.dataset.refresh, { credentials: 'omit' })
    .then((answer) => (answer.ok ? answer.text() : null))
    .then((html) => { if (html) place.replaceChildren(...parse(html).body.childNodes); })
    .catch(() => {});
}

const parse = (html) => new DOMParser().parseFromString(html, 'text/html');

/* The comment form comes to the clause; when anything is amiss the link is followed as if there were no script. */
async function bringForm(event) {
  const link = event.currentTarget;
  if (event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
  event.preventDefault();
  try {
    const answer = await fetch(link.href);
    const form = answer.ok && parse(await answer.text()).querySelector('[data-inline-fragment]');
    if (!form) throw new Error();
    all('[data-inline-fragment]').forEach((old) => old.remove());
    link.closest('.line, .provision, p').after(form);
    enhance(form);
    const heading = form.querySelector('h2, h3, legend, label') || form;
    heading.tabIndex = -1;
    heading.focus();
  } catch {
    location.href = link.href;
  }
}

/* A second press within ten seconds does nothing; coming back to the page frees the buttons. */
function guardTwice(form) {
  form.addEventListener('submit', (event) => {
    if (event.defaultPrevented) return;
    const buttons = all('button:not([type=button])', form);
    const free = () => buttons.forEach((button) => { button.disabled = false; });
    setTimeout(() => buttons.forEach((button) => { button.disabled = true; }));
    setTimeout(free, 10000);
    addEventListener('pageshow', free, { once: true });
  });
}

function checkAll(table) {
  const boxes = all('tbody input[type=checkbox]', table);
  const head = table.querySelector('thead .check');
  if (!head || boxes.length < 2) return;
  const label = document.createElement('label');
  const box = Object.assign(document.createElement('input'), { type: 'checkbox' });
  const words = Object.assign(document.createElement('span'), { textContent: table.dataset.checkAll, className: 'unseen all' });
  label.append(box, words);
  head.replaceChildren(label);
  const show = () => {
    const ticked = boxes.filter((one) => one.checked).length;
    box.checked = ticked === boxes.length;
    box.indeterminate = ticked > 0 && !box.checked;
  };
  box.addEventListener('change', () => boxes.forEach((one) => { one.checked = box.checked; }));
  table.addEventListener('change', show);
  show();
}

function enhance(root) {
  all('textarea[data-counter]', root).forEach(count);
  const forms = all('form', root);
  if (root.matches?.('form')) forms.push(root);
  forms.filter((form) => form.dataset.draftKey).forEach(keepDraft);
  forms.filter((form) => form.method === 'post').forEach(guardTwice);
  all('a[data-inline-form]', root).forEach((link) => link.addEventListener('click', bringForm));
  all('[data-refresh]', root).forEach(refresh);
  all('table[data-check-all]', root).forEach(checkAll);
}

if (matchMedia('(min-width: 75rem)').matches) all('details[data-open-wide]').forEach((list) => { list.open = true; });
all('[data-clear-draft]').forEach((mark) => stored((store) => store.removeItem('draft:' + mark.dataset.clearDraft)));
enhance(document);
document.querySelector('[data-focus]')?.focus();

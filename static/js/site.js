/* Conveniences: every page does its work without this file, and all words come from the page. */
const all = (selector, root = document) => [...root.querySelectorAll(selector)];
const made = (tag, so) => Object.assign(document.createElement(tag), so);

/* Without storage there is no draft. */
const stored = (act) => { try { return act(localStorage); } catch { return null; } };

/* How many characters are left, when few are; spoken in a pause. */
function count(area) {
  const [note, spoken] = ['counter', 'unseen'].map((className) => made('span', { className }));
  spoken.role = 'status';
  const words = () => (area.value.length < area.maxLength * 0.9 ? '' :
    area.dataset.counter.replace('#', area.maxLength - area.value.length));
  let pause;
  const show = () => {
    note.textContent = words();
    clearTimeout(pause);
    pause = setTimeout(() => { if (document.activeElement === area) spoken.textContent = words(); }, 1500);
  };
  note.ariaHidden = true;
  area.after(note, spoken);
  area.addEventListener('input', show);
  show();
}

/* A telephone that others use too keeps what is said, not who says it. */
function keepDraft(form) {
  const key = 'draft:' + form.dataset.draftKey;
  const fields = [...form.elements].filter((field) => field.name && !/^area/.test(field.name) &&
    (/^(textarea|radio)$/.test(field.type) || 'draft' in field.dataset));
  const ticks = (field) => /radio|checkbox/.test(field.type);
  const kept = JSON.parse(stored((store) => store.getItem(key)) || 'null');
  const untouched = !fields.some((field) => /text/.test(field.type) && field.value);
  if (kept && untouched && Date.now() - kept.at < 7 * 864e5) {
    for (const field of fields) {
      if (ticks(field)) field.checked = (kept.values[field.name] || []).includes(field.value);
      else if (kept.values[field.name]) [field.value] = kept.values[field.name];
      field.dispatchEvent(new Event('input'));
    }
    all('[data-draft-restored]', form).forEach((note) => { note.hidden = false; });
  }
  let pause;
  all('[data-forget-draft]', form).forEach((button) => button.addEventListener('click', () => {
    pause = clearTimeout(pause);
    stored((store) => store.removeItem(key));
    form.reset();
    button.closest('div').hidden = true;
    fields[0].focus();
  }));
  const keep = () => {
    if (!pause) return;
    pause = clearTimeout(pause);
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

const parse = (html) => new DOMParser().parseFromString(html, 'text/html');

/* The numbers of this minute come into a page that is kept longer. */
async function refresh(place) {
  try {
    const answer = await fetch(place.dataset.refresh, { credentials: 'omit' });
    if (!answer.ok) return;
    const told = parse(await answer.text());
    for (const tally of all('[data-at]', told)) {
      const old = document.querySelector(`[data-at="${tally.dataset.at}"]`);
      if (old) old.replaceChildren(...tally.childNodes);
      else document.getElementById(tally.dataset.at)?.querySelector(':scope > .line .margin')?.prepend(tally);
      enhance(tally.parentNode);
    }
    place.replaceChildren(...(told.querySelector('[data-live]') || told.body).childNodes);
  } catch { /* What stands there was true. */ }
}

/* A part of another page comes to the clause, and goes by its link, its button or Esc. What cannot be brought is said,
   or the link is followed. */
let brought;

function putBack(focus) {
  if (!brought) return;
  brought.box.remove();
  brought.link.removeAttribute('aria-expanded');
  if (focus) brought.link.focus();
  brought = null;
}

function fill(box, html) {
  const parts = all('.error-summary, [data-inline-fragment]', parse(html));
  if (!parts.length) return false;
  box.replaceChildren(...parts, ...all(':scope > :last-child:has([data-close])', box));
  enhance(box);
  const first = box.querySelector('.error-summary, h2, h3, legend, label') || box;
  first.tabIndex = -1;
  first.focus();
  return true;
}

/* Whether it could be said, after `place`, that something failed (no longer, without a place). */
function fail(place) {
  const words = document.querySelector('[data-failed]');
  if (words) words.hidden = !place;
  if (words) place?.after(words);
  return words;
}

async function bring(event) {
  const link = event.currentTarget;
  if (event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
  event.preventDefault();
  if (brought?.link === link) return putBack(true);
  const line = link.closest('.line, .provision, p');
  try {
    fail();
    const html = await (await fetch(link.href)).text();
    putBack();
    const box = document.querySelector('[data-inline-frame]')?.content.firstElementChild.cloneNode(true) ||
      made('section');
    box.ariaLabel = link.textContent;
    line.after(box);
    brought = { box, link };
    link.setAttribute('aria-expanded', true);
    all('[data-close]', box).forEach((button) => button.addEventListener('click', () => putBack(true)));
    if (!fill(box, html)) location.href = link.href;
  } catch {
    if (!fail(line)) location.href = link.href;
  }
}

/* A form that was brought goes on in its place until it is sent. */
function goOn(form) {
  let whole;
  form.addEventListener('submit', async (event) => {
    const button = event.submitter;
    const box = brought?.box;
    if (whole || !box?.contains(form) || !/^(check|add|edit|remove)/.test(button?.value)) return;
    event.preventDefault();
    const data = new FormData(form, button);
    const body = /^multipart/.test(form.enctype) ? data : new URLSearchParams(data);
    try {
      fail();
      const html = await (await fetch(form.action, { method: 'post', body })).text();
      whole = !fill(box, html);
      if (whole) form.requestSubmit(button);
    } catch {
      fail(form);
    }
  });
}

/* One press copies, and it is said that it did. */
function copy(button) {
  button.hidden = !navigator.clipboard;
  button.addEventListener('click', async () => {
    await navigator.clipboard.writeText(document.getElementById(button.dataset.copy).textContent);
    all('[data-copied]').forEach((told) => { told.textContent = told.dataset.copied; });
  });
}

/* The words of the clause come into the field, to be changed there. */
function begin(button) {
  button.addEventListener('click', (event) => {
    const area = document.getElementById(button.dataset.fill);
    event.preventDefault();
    area.value ||= all('blockquote', button.form).pop().textContent;
    area.focus();
  });
}

/* A second press within ten seconds does nothing, unless one comes back to the page. */
function guardTwice(form) {
  form.addEventListener('submit', (event) => {
    if (event.defaultPrevented) return;
    const rest = (off) => all('button:not([type=button])', form).forEach((button) => { button.disabled = off; });
    setTimeout(rest, 0, true);
    setTimeout(rest, 10000);
    addEventListener('pageshow', () => rest(), { once: true });
  });
}

function checkAll(table) {
  const boxes = all('tbody input[type=checkbox]', table);
  const head = table.querySelector('thead .check');
  if (!head || boxes.length < 2) return;
  const label = made('label');
  const box = made('input', { type: 'checkbox' });
  const words = made('span', { textContent: table.dataset.checkAll, className: 'unseen all' });
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
  for (const form of forms.filter((one) => one.method === 'post')) {
    goOn(form);
    guardTwice(form);
  }
  all('a[data-inline-form], a[data-inline]', root).forEach((link) => link.addEventListener('click', bring));
  all('[data-copy]', root).forEach(copy);
  all('[data-fill]', root).forEach(begin);
  all('[data-refresh]', root).forEach(refresh);
  all('table[data-check-all]', root).forEach(checkAll);
}

if (matchMedia('(min-width: 75rem)').matches) all('details[data-open-wide]').forEach((list) => { list.open = true; });
all('[data-clear-draft]').forEach((mark) => stored((store) => store.removeItem('draft:' + mark.dataset.clearDraft)));
enhance(document);
document.querySelector('[data-focus]')?.focus();
addEventListener('keydown', (event) => {
  if (event.key === 'Escape' && !event.isComposing && brought?.box.contains(document.activeElement)) putBack(true);
});
/* A clause alone in the address finds its sheet. */
const asked = location.hash.slice(1);
if (asked && !location.search && document.querySelector('.reading') && !document.getElementById(asked)) {
  fetch(`?tai=${asked}`).then((answer) => answer.ok && location.replace(answer.url + location.hash));
}

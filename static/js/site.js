/* What every page may have: each function is for elements that ask for it by an attribute (docs/look.md). Without any
   of this the page is whole. */
const WEEK = 7 * 24 * 3600 * 1000;

const all = (selector, root = document) => [...root.querySelectorAll(selector)];
const made = (tag, properties) => Object.assign(document.createElement(tag), properties);

/* Storage may be forbidden or full: then nothing is kept, and nothing breaks. */
const stored = (act) => { try { return act(localStorage); } catch { return null; } };

/* How many letters are left, shown at once and spoken when the writer pauses. */
function countLetters(area) {
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
  const kept = stored((store) => JSON.parse(store.getItem(key)));
  // What the site gave back after an error is newer than any draft.
  const untouched = !fields.some((field) => /text/.test(field.type) && field.value);
  if (kept && untouched && Date.now() - kept.at < WEEK) {
    for (const field of fields) {
      if (ticks(field)) field.checked = (kept.values[field.name] || []).includes(field.value);
      else if (kept.values[field.name]) field.value = kept.values[field.name][0];
      field.dispatchEvent(new Event('input'));
    }
    all('[data-draft-restored]', form).forEach((note) => { note.hidden = false; });
  }
  let waiting;
  const wait = (milliseconds) => {
    clearTimeout(waiting);
    waiting = milliseconds && setTimeout(keep, milliseconds);
  };
  all('[data-forget-draft]', form).forEach((button) => button.addEventListener('click', () => {
    wait(0);
    stored((store) => store.removeItem(key));
    form.reset();
    button.closest('div').hidden = true;
    fields[0].focus();
  }));
  const keep = () => {
    if (!waiting) return;
    wait(0);
    const values = {};
    for (const field of fields) {
      if (ticks(field) && !field.checked) continue;
      values[field.name] = [...(values[field.name] || []), field.value];
    }
    stored((store) => store.setItem(key, JSON.stringify({ at: Date.now(), values })));
  };
  form.addEventListener('input', () => wait(800));
  addEventListener('pagehide', keep);
}

const parse = (html) => new DOMParser().parseFromString(html, 'text/html');

/* Numbers that change while the page around them is kept. */
async function refresh(place) {
  const told = parse(await (await fetch(place.dataset.refresh, { credentials: 'omit' })).text());
  for (const tally of all('[data-at]', told)) {
    const old = document.querySelector(`[data-at="${tally.dataset.at}"]`);
    if (old) old.replaceChildren(...tally.childNodes);
    else document.getElementById(tally.dataset.at)?.querySelector(':scope > .line .margin')?.prepend(tally);
  }
  const live = told.querySelector('[data-live]');
  if (live) place.replaceChildren(...live.childNodes);
}

/* The form or the comments that were brought beneath a clause, the link that brought them, and the newest request. */
let brought, from, newest;

function putBack() {
  brought?.remove();
  from?.removeAttribute('aria-expanded');
  from?.focus();
  brought = null;
  from = null;
}

/* None when the answer is not for here; nothing when no answer came and that was said. */
async function parts(place, address, options) {
  const words = document.querySelector('[data-failed]');
  if (words) words.hidden = true;
  try {
    return all('.error-summary, [data-inline-fragment]', parse(await (await fetch(address, options)).text()));
  } catch {
    if (!words) return [];
    place.after(words);
    words.hidden = false;
  }
}

function show(found, field) {
  brought.replaceChildren(...found, ...all('[data-close]', brought));
  enhance(brought);
  const first = document.getElementById(field) || brought.querySelector('.error-summary, h2, h3, label') || brought;
  // Headings and messages take the focus only when told that they can.
  if (!first.form) first.tabIndex = -1;
  first.focus();
}

async function bring(event, link) {
  // Who wants a new tab or window gets it.
  if (event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
  event.preventDefault();
  if (from === link) return putBack();
  const line = link.closest('.line, .provision, p');
  const request = {};
  newest = request;
  const found = await parts(line, link.href);
  // Nothing takes the place of what somebody types into.
  if (!found || request !== newest) return;
  if (!found.length) return location.assign(link.href);
  putBack();
  brought = document.querySelector('[data-inline-frame]')?.content.firstElementChild.cloneNode(true) || made('section');
  brought.ariaLabel = link.textContent;
  line.after(brought);
  from = link;
  link.ariaExpanded = true;
  show(found);
}

/* A form that was brought goes on in its place; an answer that is a whole page is asked for again as one. */
function goOn(form) {
  let whole;
  form.addEventListener('submit', async (event) => {
    const button = event.submitter;
    if (whole || !brought?.contains(form) || !/^(check|add|edit|remove)/.test(button?.value)) return;
    event.preventDefault();
    const body = new FormData(form);
    body.append(button.name, button.value);
    form.inert = true;
    const found = await parts(form, form.action, { method: 'post', body });
    form.inert = false;
    whole = found && !found.length;
    if (whole) form.requestSubmit(button);
    else if (found) show(found, button.formAction.split('#')[1]);
    else button.focus();
  });
}

function copyOnClick(button) {
  button.hidden = !navigator.clipboard;
  button.addEventListener('click', async () => {
    await navigator.clipboard.writeText(document.getElementById(button.dataset.copy).textContent);
    all('[data-copied]').forEach((told) => { told.textContent = told.dataset.copied; });
  });
}

/* A proposal begins with the words of the clause. */
function beginWithClause(button) {
  button.addEventListener('click', (event) => {
    const area = document.getElementById(button.dataset.fill);
    event.preventDefault();
    if (!area.value) area.value = all('blockquote', button.form).pop().textContent;
    area.focus();
  });
}

function guardTwice(form) {
  form.addEventListener('submit', (event) => {
    if (event.defaultPrevented) return;
    // Later, since a button that is off does not say which one was pressed; and not for ever, since lines break.
    const rest = (off) => all('button:not([type=button])', form).forEach((button) => { button.disabled = off; });
    setTimeout(rest, 0, true);
    setTimeout(rest, 10000);
    addEventListener('pageshow', () => rest(), { once: true });
  });
}

/* What few pages need has a file of its own. */
function bringScript(place) {
  const start = async () => (await import(place.dataset.script)).default(place);
  if (place.open === false) place.addEventListener('toggle', start, { once: true });
  else start();
}

function enhance(root) {
  all('textarea[data-counter]', root).forEach(countLetters);
  const forms = all('form', root);
  if (root.matches?.('form')) forms.push(root);
  forms.filter((form) => form.dataset.draftKey).forEach(keepDraft);
  for (const form of forms.filter((one) => one.method === 'post')) {
    goOn(form);
    guardTwice(form);
  }
  all('[data-copy]', root).forEach(copyOnClick);
  all('[data-fill]', root).forEach(beginWithClause);
  all('[data-refresh]', root).forEach((place) => refresh(place).catch(() => {}));
  all('[data-script]', root).forEach(bringScript);
}

if (matchMedia('(min-width: 75rem)').matches) all('details[data-open-wide]').forEach((list) => {
  list.open = true;
  list.scrollTop = (list.querySelector('[aria-current]')?.offsetTop || 9) - 9;
});
all('[data-clear-draft]').forEach((mark) => stored((store) => store.removeItem('draft:' + mark.dataset.clearDraft)));
enhance(document);
document.querySelector('[data-focus]')?.focus();
addEventListener('keydown', (event) => {
  if (event.key === 'Escape' && !event.isComposing && brought?.contains(document.activeElement)) putBack();
});
addEventListener('click', (event) => {
  const link = event.target.closest('.law .margin a');
  if (link) bring(event, link);
  if (event.target.closest('[data-close]')) putBack();
});
/* A clause alone in the address finds its sheet. */
if (/^#[a-z]+\d/.test(location.hash) && !location.search && document.querySelector('.reading:not(:has(:target))')) {
  location.search = `?tai=${location.hash.slice(1)}`;
}

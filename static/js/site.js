/* What every page may have: each function is for elements that ask for it by an attribute (docs/look.md). Without any
   of this the page is whole. */
const WEEK = 6048e5;

const all = (selector, root = document) => [...root.querySelectorAll(selector)];
const made = (tag, properties) => Object.assign(document.createElement(tag), properties);

/* Storage may be forbidden or full: then nothing is kept, and nothing breaks. */
const stored = (act) => { try { return act(localStorage); } catch { return null; } };

/* What was said on this device about a matter and is not received yet: one form, wherever its opinions were begun. */
const begun = (slug) => stored((store) => Object.keys(store).filter((key) => key.startsWith('phieu:' + slug))) || [];

const forget = (key) => stored((store) => store.removeItem(key), window.caches?.delete(key));

const count = () => all('[data-basket]').forEach((place) => {
  const { length } = begun(place.dataset.basket + ':');
  place.hidden = !length;
  place.querySelector('b').textContent = length;
});

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
  const start = async () => (await import(place.dataset.script)).default(place, tools);
  if (place.open === false) place.addEventListener('toggle', start, { once: true });
  else start();
}

const tools = { all, made, stored, enhance, begun, forget, count };

function enhance(root) {
  all('textarea[data-counter]', root).forEach(countLetters);
  all('[method=post]', root).forEach(guardTwice);
  all('[data-script]', root).forEach(bringScript);
}

all('[data-clear-draft]').forEach((mark) => forget('phieu:' + mark.dataset.clearDraft));
begun('').forEach((key) => { if (JSON.parse(localStorage[key]).at < Date.now() - WEEK) forget(key); });
count();
enhance(document);
document.querySelector('[data-focus]')?.focus();

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
const bringScript = async (place) => (await import(place.dataset.script)).default(place, tools);

const tools = { all, made, stored, enhance, begun, forget };

function enhance(root) {
  all('[method=post]', root).forEach(guardTwice);
  all('[data-script]', root).forEach(bringScript);
}

begun('').forEach((key) => stored((store) => JSON.parse(store[key]).at) > Date.now() - WEEK || forget(key));
enhance(document);
document.querySelector('[data-focus]')?.focus();

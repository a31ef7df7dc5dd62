/* What is said stays on this device until it is received, not who says it: each opinion under `phieu:<matter>:<place>`. */
const begin = 'phieu:';

/* How many opinions a form has so far. */
const count = ({ all, begun }) => all('[data-basket]').forEach((place) => {
  const { length } = begun(place.dataset.basket + ':');
  place.hidden = !length;
  place.querySelector('b').textContent = length;
});

/* On a slow line somebody may have begun before this is here: their choice stays, what they typed follows what was kept. */
function joined(field, kept) {
  const { value, defaultValue, length } = field;
  if (length) return [...field].find((one) => one.checked > one.defaultChecked || one.selected > one.defaultSelected)?.value || kept;
  return value === defaultValue || kept.includes(value) ? kept : (value.includes(kept) ? '' : kept + ' ') + value;
}

function keepDraft(form, tools) {
  const { all, made, stored, forget } = tools;
  const { elements, dataset } = form;
  const key = begin + dataset.draftKey;
  const seen = elements.seen.value;
  const mine = `comments.${elements.current.value}.`;
  const said = () => Object.fromEntries([...new FormData(form)].filter(([name, value]) => name.startsWith(mine) && value)
    .map(([name, value]) => [name.slice(mine.length), value]));
  const typed = ({ text, proposed, reason, voice }) => [text, proposed, reason, voice].join('').trim() || elements.voice?.value;
  const kept = stored((store) => JSON.parse(store.getItem(key)));
  const note = form.querySelector('[data-draft-restored]');
  // What the site gives back is newer than a draft, unless that was typed into this very page.
  if (kept && (kept.seen === seen || !dataset.given)) {
    for (const name in kept.values) {
      const field = elements[mine + name] || form.appendChild(made('input', { type: 'hidden', name: mine + name }));
      field.value = joined(field, kept.values[name]);
    }
    // Typed under the ticket of another page, which may have been received since: the site is asked, and tells.
    if (kept.ticket && !elements.drafted) form.append(made('input', { type: 'hidden', name: 'drafted', value: kept.ticket }));
    all('textarea', form).forEach((field) => field.dispatchEvent(new Event('input')));
    note.hidden = false;
  }
  let pause;
  const keep = () => {
    if (!pause) return;
    pause = clearTimeout(pause);
    const values = said();
    const ticket = (elements.drafted || elements.ticket).value;
    if (typed(values)) stored((store) => store.setItem(key, JSON.stringify({ at: Date.now(), seen, ticket, values })));
    else forget(key);
    count(tools);
  };
  form.addEventListener('reset', () => {
    pause = clearTimeout(pause);
    forget(key);
    count(tools);
    note.hidden = true;
    elements.drafted?.remove();
    form.querySelector('textarea, [type=radio]').focus();
  });
  const later = () => {
    clearTimeout(pause);
    pause = setTimeout(keep, 800);
  };
  // Who is in a field already may have typed all there is to say.
  if (form.matches(':focus-within')) later();
  form.addEventListener('input', later);
  form.addEventListener('submit', keep);
  addEventListener('pagehide', keep);
}

/* Into one form goes what was begun elsewhere, with its recordings. */
async function gather(form, body, { all, begun }) {
  const here = all('[name$=anchor]', form).map(({ value }) => value);
  let next = here.length;
  for (const key of begun(form.slug + ':')) {
    const anchor = key.split(':')[2];
    if (here.includes(anchor)) continue;
    const values = { text: '', ...JSON.parse(localStorage[key]).values, anchor };
    for (const name in values) body.append(`comments.${next}.${name}`, values[name]);
    const kept = !values.voice && await window.caches?.match('/', { cacheName: key });
    if (kept) body.append(`voice.${next}`, await kept.blob(), 'ghi-am');
    next += 1;
  }
}

/* A form is sent from here, so that no line that dies takes the page away; when there is one again it is sent again. */
export default (form, tools) => {
  const { draftKey, basket } = form.dataset;
  form.slug = basket || draftKey?.split(':')[0];
  if (draftKey) keepDraft(form, tools);
  count(tools);
  form.addEventListener('submit', async (event) => {
    if (event.defaultPrevented || form.whole) return;
    event.preventDefault();
    const button = event.submitter;
    const [bar, words] = tools.all('[data-sending]', form);
    const body = new FormData(form);
    body.append('do', button.value);
    if (/^remove/.test(button.value)) tools.forget(begin + (button.dataset.forget || draftKey));
    bar.hidden = !(form.inert = true);
    if (form.slug) await gather(form, body, tools);
    const sending = new XMLHttpRequest();
    sending.upload.onprogress = ({ loaded, total }) => { bar.value = loaded / total; };
    sending.onloadend = () => {
      const next = sending.responseText;
      bar.hidden = !(form.inert = false);
      words.hidden = sending.status;
      if (!sending.status) {
        tools.all('button', form).forEach((one) => { one.disabled = false; });
        button.focus();
        return addEventListener('online', () => form.requestSubmit(button), { once: true });
      }
      // What is no address is a page that says why not, and asked for as one.
      if (form.whole = next[0] !== '/') return form.requestSubmit(button);
      // It is received.
      if (!/gop-y/.test(next)) tools.all('[data-forget]', form).forEach(({ dataset }) => tools.forget(begin + dataset.forget));
      location = next + (button.getAttribute('formaction')?.match(/#.+/) || '');
    };
    sending.open('POST', form.action);
    sending.setRequestHeader('Accept', 'text/uri-list');
    sending.send(body);
  });
};

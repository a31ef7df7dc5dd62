/* A telephone that others use too keeps what is said, not who says it. */
function keepDraft(form, { stored, forget, count }) {
  const key = 'phieu:' + form.dataset.draftKey;
  const seen = form.elements.seen.value;
  const fields = [...form.elements].filter(({ name, type }) => /^comments/.test(name) && type !== 'hidden');
  const typed = () => fields.some(({ type, value }) => type === 'textarea' && value.trim());
  const kept = stored((store) => JSON.parse(store.getItem(key)));
  const note = form.querySelector('[data-draft-restored]');
  // What the site gives back is newer than a draft, unless that was typed into this very page.
  if (kept && (kept.seen === seen || !typed())) {
    for (const field of fields) {
      const value = kept.values[field.name.split('.')[2]];
      if (field.type === 'radio') field.checked = field.value === value;
      else field.value = value;
      field.dispatchEvent(new Event('input'));
    }
    note.hidden = false;
  }
  let pause;
  const keep = () => {
    if (!pause) return;
    pause = clearTimeout(pause);
    const values = {};
    for (const { name, type, value, checked } of fields) if (type !== 'radio' || checked) values[name.split('.')[2]] = value;
    if (typed()) stored((store) => store.setItem(key, JSON.stringify({ at: Date.now(), seen, values })));
    else forget(key);
    count();
  };
  form.addEventListener('reset', () => {
    pause = clearTimeout(pause);
    forget(key);
    count();
    note.hidden = true;
    fields[0].focus();
  });
  form.addEventListener('input', () => {
    clearTimeout(pause);
    pause = setTimeout(keep, 800);
  });
  form.addEventListener('submit', keep);
  addEventListener('pagehide', keep);
}

/* Into one form goes what was begun elsewhere. */
function gather(form, slug, { all, made, begun }) {
  const here = all('[name$=anchor]', form);
  let next = here.length;
  for (const key of begun(slug + ':')) {
    const anchor = key.split(':')[2];
    if (here.some(({ value }) => value === anchor)) continue;
    const values = { anchor, ...JSON.parse(localStorage[key]).values };
    for (const name in values) form.append(made('input', { type: 'hidden', name: `comments.${next}.${name}`, value: values[name] }));
    next += 1;
  }
}

/* A form is sent from here, so that no line that dies takes the page away; when there is one again it is sent again. */
export default (form, tools) => {
  const { draftKey = '', basket = draftKey.split(':')[0] } = form.dataset;
  if (draftKey) keepDraft(form, tools);
  form.addEventListener('submit', (event) => {
    if (event.defaultPrevented || form.whole) return;
    event.preventDefault();
    const button = event.submitter;
    if (/^remove/.test(button.value)) tools.forget('phieu:' + (button.dataset.forget || draftKey));
    gather(form, basket, tools);
    const sending = new XMLHttpRequest();
    const body = new FormData(form);
    body.append('do', button.value);
    const [bar, words] = tools.all('[data-sending]', form);
    sending.upload.onprogress = ({ loaded, total }) => { bar.value = loaded / total; };
    sending.onloadend = () => {
      bar.hidden = !(form.inert = false);
      words.hidden = sending.status;
      if (!sending.status) {
        button.focus();
        return addEventListener('online', () => form.requestSubmit(button), { once: true });
      }
      // What is no address is a page that says why not, and asked for as one.
      form.whole = sending.responseText[0] !== '/';
      if (form.whole) form.requestSubmit(button);
      else location = sending.responseText + (button.getAttribute('formaction')?.match(/#.*/) || '');
    };
    bar.hidden = !(form.inert = true);
    sending.open('POST', form.action);
    sending.setRequestHeader('Accept', 'text/uri-list');
    sending.send(body);
  });
};

/* What is written down where there is no line: kept on the device, sent once each when the line is back. What a draft
   is made of, the script of its page knows (`data-content`): meeting.js, papers.js. What is kept has a version, so that
   the script of a later release can read it. */
const VERSION = 1;

const asked = (request) => new Promise((done, failed) => {
  request.onsuccess = () => done(request.result);
  request.onerror = () => failed(request.error);
});

const key = () => Array.from(crypto.getRandomValues(new Uint8Array(16)), (one) => one.toString(16).padStart(2, 0)).join('');

async function kept(name) {
  const opening = indexedDB.open(name, 1);
  opening.onupgradeneeded = () => opening.result.createObjectStore('drafts', { keyPath: 'id' });
  const base = await asked(opening);
  return (mode) => base.transaction('drafts', mode).objectStore('drafts');
}

function fill(form, from) {
  for (const field of form.elements) {
    const said = from[field.name] || '';
    if (/radio|box/.test(field.type)) field.checked = said.split(' ').includes(field.value);
    else if (field.name && field.type !== 'file') {
      field.value = said || field.options?.[0].value || '';
      // Offered no more, as in an older draft.
      if (said && field.options && !field.value) field.add(new Option(form.closest('div').dataset.held, said, true, true));
    }
  }
}

/* What is ticked more than once stands with blanks between; what is not ticked is empty. */
function typed(form) {
  const said = {};
  for (const { name } of form.elements) if (name) said[name] = '';
  new FormData(form).forEach((value, name) => { said[name] += (said[name] && ' ') + value; });
  return said;
}

export default async (place, { all, made }) => {
  const words = place.dataset;
  const at = (id) => document.getElementById(id);
  const [row, line] = all('template', place);
  const form = at('buoi');
  const store = await kept(location.pathname);
  const news = new BroadcastChannel(location.pathname);
  const stuck = new Set();
  const content = (await import(words.content)).default({ at, words, line, fill, typed, change, table });
  const fresh = (more) => ({ v: VERSION, id: key(), rev: 0, at: Date.now(), ...content.empty(), ...more });
  let drafts = [];
  let draft = fresh();
  let wait = 5e3;
  let sending = '';
  let timer;
  let pause;

  /* Another tab may have written meanwhile: then both are kept. */
  async function save(one) {
    try {
      const held = store('readwrite');
      const there = await asked(held.get(one.id));
      if (there && there.rev !== one.rev) one.id = key();
      one.rev += 1;
      await asked(held.put(one));
      news.postMessage(0);
    } catch {
      at('noi').textContent = words.full;
    }
    await read();
  }

  async function read() {
    drafts = await asked(store('readonly').getAll());
    show();
  }

  /* What is typed and what `more` says become the draft: begun anew on the page, or only kept. */
  function change(more, anew) {
    clearTimeout(pause);
    Object.assign(draft, typed(form), more);
    if (anew) begin(draft);
    return save(draft);
  }

  const waiting = (one) => (one.ready ? words.waits : words.open) + (one.told ? '. ' + one.told : '');
  const state = (one) => (one.sent ? content.sent(one.sent) : one.id === sending ? words.sending : waiting(one));

  function show() {
    at('hang').replaceChildren(...drafts.map((one) => {
      const item = row.content.cloneNode(true).firstChild;
      const link = item.querySelector('a');
      item.firstChild.textContent = content.titled(one) + ': ' + state(one);
      link.hidden = !one.address;
      link.href = one.address || '';
      item.querySelector('[name=mo]').hidden = one.sent || one.id === sending;
      item.onclick = ({ target }) => acts[target.name]?.(one);
      return item;
    }));
    content.show(draft, drafts);
  }

  function begin(one) {
    draft = one;
    fill(form, one);
    content.begin(one);
    show();
  }

  const acts = {
    mo: (one) => { one.ready = false; begin(one); save(one); },
    tai: (one) => table([one]),
    xoa: async (one) => {
      if (!one.sent && !confirm(words.sure)) return;
      await asked(store('readwrite').delete(one.id));
      news.postMessage(0);
      if (one.id === draft.id) begin(fresh());
      await read();
    },
  };

  /* The same columns as those of the spreadsheet, where it can be brought. */
  function table(some) {
    const columns = JSON.parse(words.columns);
    const cell = (text) => '"' + String(text || '').replaceAll('"', '""') + '"';
    const lines = some.flatMap((one) => content.rows(one, columns.map(([name]) => name)));
    const rows = [columns.map(([, title]) => title), ...lines].map((cells) => cells.map(cell).join(';'));
    const file = new Blob(['\ufeff' + rows.join('\r\n')], { type: 'text/csv' });
    made('a', { href: URL.createObjectURL(file), download: words.file + '.csv' }).click();
  }

  /* One tab sends at a time; the key of a draft makes twice the same as once. */
  const alone = (act) => (navigator.locks ? navigator.locks.request('gui ' + location.pathname, { ifAvailable: true }, act) : act(1));
  const send = () => alone(async (held) => {
    clearTimeout(timer);
    await read();
    let left = !held;
    for (const one of held ? drafts.filter((some) => some.ready && !some.sent && !stuck.has(some.id)) : []) {
      if (!(await asked(store('readonly').get(one.id)))?.ready) continue;
      sending = one.id;
      show();
      left = !await post(one);
      sending = '';
      if (left) break;
      await save(one);
    }
    show();
    // A quarter of an hour at most.
    wait = left ? Math.min(wait * 2, 9e5) : 5e3;
    if (left) timer = setTimeout(send, wait);
  });

  /* Whether an answer of the site came, whatever it says; a page of a hotel is none. */
  async function post(one) {
    const { files = [], ...told } = one;
    const body = new FormData();
    body.append('draft', JSON.stringify(told));
    files.forEach((file) => body.append('files', file));
    try {
      const answer = await fetch(location.pathname, { method: 'POST', body, redirect: 'error' });
      const said = await answer.json();
      const done = answer.status === 201;
      if (answer.status > 428 || !(done || said.message)) return false;
      Object.assign(one, { address: said.address, told: said.message, sent: done && said });
      if (done) content.leave(one);
      else stuck.add(one.id);
      return true;
    } catch {
      return false;
    }
  }

  /* What is half typed is kept as well. */
  place.addEventListener('input', () => {
    clearTimeout(pause);
    pause = setTimeout(() => change(content.half()), 300);
  });
  place.onsubmit = (event) => event.preventDefault();
  at('xong').onclick = async () => {
    if (!form.reportValidity()) return;
    clearTimeout(pause);
    content.finish();
    const done = Object.assign(draft, typed(form), { typing: null });
    // What is lacking is said, and what was said before is gone.
    if (at('noi').textContent = content.lacks(done)) return;
    done.ready = true;
    stuck.delete(done.id);
    /* Before it is kept, which takes a while: who types on at once types into the next one. */
    begin(fresh(content.next?.(done)));
    await save(done);
    send();
  };
  addEventListener('online', send);
  news.onmessage = read;
  await read();
  begin(drafts.find((one) => !one.ready && !one.sent) || draft);
  place.hidden = false;
  at('cho-mo').hidden = true;
  navigator.storage?.persist?.();
  navigator.serviceWorker?.register(words.worker, { updateViaCache: 'none' });
  navigator.serviceWorker?.ready.then(() => { at('noi').textContent = words.ready; });
  send();
};

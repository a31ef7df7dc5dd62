/* Opinions written down where there is no line: kept on the device, sent once each when the line is back. What is kept
   has a version, so that the script of a later release can read it. */
const VERSION = 1;
const MOST_FILES = 10;
const LONGEST_WAIT = 9e5;

const asked = (request) => new Promise((done, failed) => {
  request.onsuccess = () => done(request.result);
  request.onerror = () => failed(request.error);
});

const key = () => [...crypto.getRandomValues(new Uint8Array(16))].map((one) => one.toString(16).padStart(2, '0')).join('');

async function kept(name) {
  const opening = indexedDB.open(name, 1);
  opening.onupgradeneeded = () => opening.result.createObjectStore('drafts', { keyPath: 'id' });
  const base = await asked(opening);
  return (mode) => base.transaction('drafts', mode).objectStore('drafts');
}

export default async (place, { all, made }) => {
  const words = place.dataset;
  const at = (id) => document.getElementById(id);
  const [row, line] = all('template', place);
  const [gathering, opinion] = [at('buoi'), at('mot')];
  const store = await kept(location.pathname);
  const news = new BroadcastChannel(location.pathname);
  const stuck = new Set();
  const fresh = () => ({ v: VERSION, id: key(), rev: 0, at: Date.now(), opinions: [], files: [] });
  let drafts = [];
  let draft = fresh();
  let editing = -1;
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

  const titled = (one) => [one.place, one.held_on?.split('-').reverse().join('/')].filter(Boolean).join(', ') || new Date(one.at).toLocaleString();
  const state = (one) => {
    if (one.sent) {
      const { gathering: number, numbers } = one.sent;
      const range = numbers.length > 1 ? numbers[0] + '–' + numbers.at(-1) : numbers[0];
      return words.sent.replace('#', number) + (numbers.length ? ', ' + words.numbers + ' ' + range : '');
    }
    if (one.id === sending) return words.sending;
    return [one.ready ? words.waits : words.open, one.told].filter(Boolean).join('. ');
  };

  function show() {
    at('hang').replaceChildren(...drafts.map((one) => {
      const item = row.content.cloneNode(true).firstChild;
      const link = item.querySelector('a');
      item.firstChild.textContent = titled(one) + ' (' + one.opinions.length + '): ' + state(one);
      link.hidden = !one.address;
      link.href = one.address || '';
      item.querySelector('[name=mo]').hidden = one.sent || one.id === sending;
      item.onclick = ({ target }) => acts[target.name]?.(one);
      return item;
    }));
    at('cac').replaceChildren(...draft.opinions.map((one, index) => {
      const item = line.content.cloneNode(true).firstChild;
      item.firstChild.textContent = one.text || one.proposed || one.stance;
      item.onclick = ({ target }) => {
        if (target.name === 'sua') {
          fill(opinion, one);
          editing = index;
        }
        if (target.name === 'bo') {
          draft.opinions.splice(index, 1);
          editing = -1;
          save(draft);
        }
      };
      return item;
    }));
    at('so-anh').textContent = draft.files.map((file) => file.name).join(', ');
  }

  function fill(form, from) {
    for (const field of form.elements) {
      if (field.type === 'checkbox') field.checked = !!from[field.name];
      else if (field.name && field.type !== 'file') field.value = from[field.name] || field.options?.[0].value || '';
    }
  }

  const typed = (form) => ({ signed: '', differing: '', ...Object.fromEntries(new FormData(form)) });

  function begin(one) {
    draft = one;
    editing = -1;
    fill(gathering, one);
    fill(opinion, one.typing || {});
    show();
  }

  const acts = {
    mo: (one) => { one.ready = false; begin(one); save(one); },
    tai: (one) => made('a', { href: URL.createObjectURL(table(one)), download: words.file + '.csv' }).click(),
    xoa: async (one) => {
      if (!one.sent && !confirm(words.sure)) return;
      await asked(store('readwrite').delete(one.id));
      news.postMessage(0);
      if (one.id === draft.id) begin(fresh());
      await read();
    },
  };

  /* The same columns as those of the spreadsheet, where it can be brought. */
  function table(one) {
    const columns = JSON.parse(words.columns);
    const cell = (text) => '"' + String(text || '').replaceAll('"', '""') + '"';
    const lines = one.opinions.map((said, index) => columns.map(([name]) => (
      name === 'row_key' ? one.id + '-' + index : name === 'anchor' && said.anchor ? '[' + said.anchor + ']' : said[name] ?? one[name]
    )));
    const rows = [columns.map(([, title]) => title), ...lines].map((cells) => cells.map(cell).join(';'));
    return new Blob(['\ufeff' + rows.join('\r\n')], { type: 'text/csv' });
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
    wait = left ? Math.min(wait * 2, LONGEST_WAIT) : 5e3;
    if (left) timer = setTimeout(send, wait);
  });

  /* Whether an answer of the site came, whatever it says; a page of a hotel is none. */
  async function post(one) {
    const { files, ...told } = one;
    const body = new FormData();
    body.append('draft', JSON.stringify(told));
    files.forEach((file) => body.append('files', file));
    try {
      const answer = await fetch(location.pathname, { method: 'POST', body, redirect: 'error' });
      const said = await answer.json();
      if (answer.status > 428 || !(said.message || said.gathering)) return false;
      one.address = said.address;
      one.told = said.message;
      if (said.gathering) Object.assign(one, { sent: said, files: [] });
      else stuck.add(one.id);
      return true;
    } catch {
      return false;
    }
  }

  /* What is half typed is kept as well. */
  const soon = () => {
    clearTimeout(pause);
    pause = setTimeout(() => save(Object.assign(draft, typed(gathering), { typing: editing < 0 ? typed(opinion) : null })), 300);
  };
  gathering.oninput = soon;
  gathering.onsubmit = (event) => event.preventDefault();
  opinion.oninput = soon;
  at('anh').onchange = ({ target }) => {
    const files = [...draft.files, ...target.files];
    if (files.length > MOST_FILES || files.reduce((sum, file) => sum + file.size, 0) > words.most) at('noi').textContent = words.large;
    else draft.files = files;
    target.value = '';
    save(draft);
  };
  opinion.onsubmit = (event) => {
    event.preventDefault();
    const said = typed(opinion);
    if (!(said.text + said.proposed + said.stance).trim()) return opinion.elements.text.focus();
    if (editing < 0) draft.opinions.push(said);
    else draft.opinions[editing] = said;
    clearTimeout(pause);
    begin(Object.assign(draft, typed(gathering), { typing: null }));
    return save(draft);
  };
  at('xong').onclick = async () => {
    if (typed(opinion).text) opinion.requestSubmit();
    clearTimeout(pause);
    Object.assign(draft, typed(gathering), { typing: null });
    if (!draft.opinions.length && !draft.files.length) at('noi').textContent = words.nothing;
    else {
      const done = draft;
      done.ready = true;
      stuck.delete(done.id);
      /* Before it is kept, which takes a while: who types on at once types into the next one. */
      begin(fresh());
      await save(done);
      send();
    }
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

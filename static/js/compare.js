/* Compares two checkpoints that were printed, or one with the log of today (docs/ledger.md, "On paper"). */
const list = (hex) => Uint8Array.from(hex.match(/../g), (pair) => parseInt(pair, 16));
const hex = (bytes) => [...bytes].map((one) => (256 + one).toString(16).slice(1)).join('');
const pair = async (left, right) => hex(new Uint8Array(
  await crypto.subtle.digest('SHA-256', Uint8Array.of(1, ...list(left), ...list(right))),
));
const root = (text) => hex(Uint8Array.from(atob(text.replace(/-/g, '+').replace(/_/g, '/')), (one) => one.charCodeAt()));

/* RFC 9162, 2.1.4.2: whether the tree of `first` entries begins that of `second`. */
async function begins(first, second, old, now, proof) {
  if (first === second) return old === now;
  const path = Math.log2(first) % 1 ? proof : [old, ...proof];
  let place = first - 1;
  let last = second - 1;
  while (place % 2) { place = (place - 1) / 2; last = Math.floor(last / 2); }
  let [left] = path;
  let right = left;
  for (const one of path.slice(1)) {
    if (!last) return false;
    if (place % 2 || place === last) {
      left = await pair(one, left);
      right = await pair(one, right);
      while (place && place % 2 === 0) { place /= 2; last = Math.floor(last / 2); }
    } else {
      right = await pair(right, one);
    }
    place = Math.floor(place / 2);
    last = Math.floor(last / 2);
  }
  return !last && left === old && right === now;
}

const read = (text) => {
  const [, log, epoch, size, said] = /([0-9a-f]{8})\.(\d+)\.(\d+)\.([\w-]{43})/.exec(text) || [];
  if (!log) throw 'unread';
  return { log, epoch, size: +size, root: root(said) };
};

async function compare(texts, slugs) {
  const one = read(texts[0]);
  const given = texts[1] && read(texts[1]);
  const slug = slugs[Object.keys(slugs).find((id) => id.replace(/-/g, '').endsWith(one.log))];
  if (!slug || (given && given.log !== one.log)) throw 'other';
  const ask = (path) => fetch(`/api/v1/consultations/${slug}/ledger${path}`)
    .then((answer) => answer.json(), () => { throw 'away'; });
  const today = async () => {
    const { origin, checkpoint = '' } = await ask('');
    const [, size, said] = checkpoint.split('\n');
    if (!said) throw 'away';
    return { epoch: (/\/(\d+)$/.exec(origin) || [0, '1'])[1], size: +size, root: root(said) };
  };
  const two = given || await today();
  if (one.epoch !== two.epoch) throw 'epoch';
  const [first, second] = one.size > two.size ? [two, one] : [one, two];
  const { hashes = [] } = first.size === second.size ? {} : await ask(`/consistency?first=${first.size}&second=${second.size}`);
  if (!await begins(first.size, second.size, first.root, second.root, hashes)) throw 'fork';
  return [first.size, second.size];
}

export default (place) => {
  const said = (name) => place.querySelectorAll('[data-said]').forEach((words) => { words.hidden = words.dataset.said !== name; });
  place.hidden = !crypto.subtle;
  place.addEventListener('submit', async (event) => {
    event.preventDefault();
    said('working');
    try {
      const texts = [...place.querySelectorAll('textarea')].map((field) => field.value.trim());
      const sizes = await compare(texts, JSON.parse(place.dataset.matters));
      place.querySelectorAll('b').forEach((words, at) => { words.textContent = sizes[at]; });
      said('good');
    } catch (fault) {
      said(fault.name ? 'away' : fault);
    }
  });
};

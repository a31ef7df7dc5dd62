/* Checks a receipt against the public log in the browser itself (docs/ledger.md): the file goes nowhere. */
const list = (text) => Uint8Array.from(text.match(/../g), (pair) => parseInt(pair, 16));
const sha = async (...parts) => [...new Uint8Array(
  await crypto.subtle.digest('SHA-256', await new Blob(parts).arrayBuffer()),
)].map((one) => (256 + one).toString(16).slice(1)).join('');

/* RFC 8785, as far as there are no fractions: every key there is, in order. */
const canonical = (value) => {
  const keys = [];
  JSON.stringify(value, (key, own) => { keys.push(key); return own; });
  return JSON.stringify(value, keys.sort());
};

/* RFC 9162, 2.1.3.2: whether `proof` leads from the entry at `place` to the root of a checkpoint. */
async function within(checkpoint, entry, place, proof) {
  const [, size, wanted] = checkpoint.split('\n');
  let root = await sha('\0', entry);
  let last = size - 1;
  for (const one of proof) {
    const right = place % 2 || place === last;
    root = await sha('\x01', ...(right ? [one, root] : [root, one]).map(list));
    while (right && place && place % 2 === 0) { place >>= 1; last >>= 1; }
    place >>= 1;
    last >>= 1;
  }
  return !last && btoa(String.fromCharCode(...list(root))) === wanted;
}

async function check({ origin, checkpoint, comments, joined }, slugs, numbers = []) {
  const slug = slugs[Object.keys(slugs).find((id) => origin.includes(id))];
  const ask = (path) => fetch(`/api/v1/consultations/${slug}/ledger${path}`)
    .then((answer) => answer.json(), () => { throw 'away'; });
  const now = await ask('');
  if (now.origin !== origin) throw slug ? 'epoch' : 'other';
  for (const { index, entry, proof, openings = {} } of comments || [joined]) {
    const { hashes = [] } = await ask(`/proof?index=${index}&size=${now.size}`);
    const { comment, commitments, shown } = JSON.parse(entry);
    const kept = await within(checkpoint, entry, index, proof) && await within(now.checkpoint, entry, index, hashes);
    if (!kept) throw 'changed';
    for (const [field, { salt, value }] of Object.entries(openings)) {
      if (value !== undefined && await sha(list(salt), canonical({ field, value })) !== { ...commitments, shown }[field]) throw 'changed';
    }
    numbers.push(comment);
  }
  return numbers.join(', ');
}

export default (place) => {
  const said = (name) => place.querySelectorAll('[data-said]').forEach((words) => { words.hidden = words.dataset.said !== name; });
  place.hidden = !crypto.subtle;
  place.addEventListener('change', async ({ target }) => {
    said('working');
    try {
      const receipt = await new Response(target.files[0]).json();
      place.querySelector('b').textContent = await check(receipt, JSON.parse(place.dataset.matters));
      said('good');
    } catch (fault) {
      said(fault.name ? 'other' : fault);
    }
  });
};

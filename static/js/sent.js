/* What was sent from this device: addresses of receipts, kept here alone. A receipt puts itself there (`data-keep`);
   other pages list them. The secret number is not among it; the address of a receipt shows it for a day. */
const KEY = 'sent';
const MOST = 20;

export default (place) => {
  const read = () => JSON.parse(localStorage.getItem(KEY) || '[]');
  const { keep } = place.dataset;
  // One press may have sent to several matters: each has a receipt of its own.
  const own = keep ? [place, ...place.querySelectorAll('[data-keep]')].map(({ dataset }) => {
    const { keep, code, title, day } = dataset;
    return { keep, code, title, day };
  }) : [];
  const rest = () => read().filter((one) => !own.some(({ code }) => code === one.code));
  try {
    const others = rest();
    if (keep) localStorage.setItem(KEY, JSON.stringify([...own, ...others].slice(0, MOST)));
    place.hidden = !keep && !others.length;
    if (!keep) {
      place.querySelector('ul').replaceChildren(...others.map((one) => {
        const item = document.createElement('li');
        const link = Object.assign(document.createElement('a'), { href: one.keep, textContent: one.title });
        item.append(link, ` · ${one.day} · ${one.code}`);
        return item;
      }));
    }
    place.querySelector('[data-forget]').addEventListener('click', () => {
      if (keep) localStorage.setItem(KEY, JSON.stringify(rest()));
      else localStorage.removeItem(KEY);
      place.hidden = true;
    });
  } catch {
    /* Storage may be forbidden or full: then nothing is kept. */
    place.hidden = true;
  }
};

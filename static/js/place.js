/* Beneath clauses comes what their links lead to; and numbers that change while the page around them is kept. */
let newest, forms = 0;

const parse = (html) => new DOMParser().parseFromString(html, 'text/html');

async function refresh(place, all) {
  const told = parse(await (await fetch(place.dataset.refresh, { credentials: 'omit' })).text());
  for (const tally of all('[data-at]', told)) {
    const old = document.querySelector(`[data-at="${tally.dataset.at}"]`);
    if (old) old.replaceChildren(...tally.childNodes);
    else document.getElementById(tally.dataset.at)?.querySelector(':scope > .line .margin')?.prepend(tally);
  }
  const live = told.querySelector('[data-live]');
  if (live) place.replaceChildren(...live.childNodes);
}

/* What was brought knows its link, and the link knows it. */
function putBack(part) {
  if (!part) return;
  const { link } = part;
  part.remove();
  link.below = link.ariaExpanded = null;
  link.focus();
}

export default (frame, { all, enhance }) => {
  if (frame.dataset.refresh) return refresh(frame, all).catch(() => {});
  if (matchMedia('(min-width: 75rem)').matches) all('[data-open-wide]').forEach((list) => {
    list.open = true;
    list.scrollTop = (list.querySelector('[aria-current]')?.offsetTop || 9) - 9;
  });
  const words = document.querySelector('[data-failed]');
  const bring = async (link) => {
    const line = link.closest('.line, .provision, p');
    const request = newest = {};
    words.hidden = true;
    const html = await fetch(link.href.replace('?', '?trong=1&')).then((answer) => answer.text(), () => {
      line.after(words);
      words.hidden = false;
    });
    // Nothing takes the place of what somebody types into.
    if (!html || request !== newest) return;
    // Of several forms each names its fields apart.
    const found = all('[data-inline-fragment]', parse(html.replace(/(["# ](field|hint|error))-/g, `$1-${forms += 1}-`)));
    if (!found.length) return location.assign(link.href);
    const part = frame.content.firstElementChild.cloneNode(true);
    Object.assign(part, { link, ariaLabel: link.textContent });
    Object.assign(link, { below: part, ariaExpanded: true });
    part.prepend(...found);
    line.after(part);
    enhance(part);
    const first = part.querySelector('h2, h3') || part;
    // Headings take the focus only when told that they can.
    first.tabIndex = -1;
    first.focus();
  };
  addEventListener('keydown', (event) => {
    if (event.key === 'Escape' && !event.isComposing) putBack(document.activeElement.closest('.inline'));
  });
  addEventListener('click', (event) => {
    const link = event.target.closest('.law .margin a');
    // Who wants a new tab or window gets it.
    if (link && !(event.ctrlKey || event.metaKey || event.shiftKey)) {
      event.preventDefault();
      if (link.below) putBack(link.below);
      else bring(link);
    }
    if (event.target.closest('[data-close]')) putBack(event.target.closest('.inline'));
  });
  /* A clause alone in the address finds its sheet. */
  if (/^#[a-z]+\d/.test(location.hash) && !location.search && document.querySelector('.reading:not(:has(:target))')) {
    location.search = '?tai=' + location.hash.slice(1);
  }
};

/* What a wording proposed strikes out of its clause and puts in, as it is typed. The field begins with the clause. */
const words = (text) => text.match(/\S+\s{0,9}/g) || [];

/* The longest run of words that both have, and what is before and after it. */
const compared = (old, now) => {
  let [most, from, to] = [0];
  old.forEach((_, i) => now.forEach((__, j) => {
    let run = 0;
    while (i + run < old.length && old[i + run].trim() === now[j + run]?.trim()) run += 1;
    if (run > most) [most, from, to] = [run, i, j];
  }));
  return most ? [
    ...compared(old.slice(0, from), now.slice(0, to)), ['span', now.slice(to, to + most)],
    ...compared(old.slice(from + most), now.slice(to + most)),
  ] : [['del', old], ['ins', now]];
};

export default (shown, { made }) => {
  const field = shown.closest('form').querySelector('[data-clause]');
  const { clause } = field.dataset;
  const show = () => {
    field.rows = Math.max(3, field.value.length / 30);
    shown.hidden = !field.value.trim() || field.value === clause;
    shown.lastElementChild.replaceChildren(...compared(words(clause), words(field.value)).filter(([, part]) => part.length)
      .map(([tag, part]) => made(tag, { textContent: part.join('') + (tag === 'del' ? ' ' : '') })));
  };
  const start = () => { field.value = field.value || clause; };
  field.addEventListener('focus', start);
  // Who changed nothing proposes nothing.
  field.addEventListener('blur', () => { if (field.value === clause) field.value = ''; });
  field.addEventListener('input', show);
  // On a slow line somebody may be in the field before this is here.
  if (document.activeElement === field) start();
  show();
};

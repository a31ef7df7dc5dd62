/* What a questionnaire on paper is made of, for offline.js: its number, and what was ticked. Once it came in, only its
   number stays on the device. */
export default ({ at, words, table }) => {
  const said = (one) => Object.keys(one).filter((name) => name.startsWith(words.prefix));
  let waiting = [];

  at('ca').onclick = () => table(waiting);

  return {
    empty: () => ({}),
    titled: (one) => words.paper.replace('#', one.sheet || '?'),
    sent: () => words.sent,
    begin() {},
    half() {},
    finish() {},
    show(draft, drafts) { waiting = drafts.filter((one) => one.ready && !one.sent); },
    lacks(one) {
      if (!one.sheet.trim() || !said(one).some((name) => one[name])) return words.nothing;
      return waiting.some((other) => other.id !== one.id && other.sheet === one.sheet) ? words.twice : '';
    },
    next({ sheet, way }) {
      at('field-sheet').focus();
      at('noi').textContent = words.stored.replace('#', sheet);
      return { way, sheet: /^\d{1,9}$/.test(sheet) ? String(+sheet + 1) : '' };
    },
    leave: (one) => said(one).forEach((name) => delete one[name]),
    rows: (one, names) => [names.map((name) => one[name])],
  };
};

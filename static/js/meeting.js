/* What a gathering of a branch is made of, for offline.js: its opinions one after the other, and pictures of its minutes. */
const MOST_FILES = 10;

export default ({ at, words, line, fill, typed, change }) => {
  const opinion = at('mot');
  let held;
  let editing = -1;
  const says = (one) => (one.text + one.proposed + one.stance).trim();

  at('anh').onchange = ({ target }) => {
    const files = [...held.files, ...target.files];
    target.value = '';
    if (files[MOST_FILES] || files.reduce((sum, file) => sum + file.size, 0) > words.most) at('noi').textContent = words.large;
    else change({ files });
  };
  opinion.onsubmit = () => {
    const said = typed(opinion);
    if (!says(said)) return at('text').focus();
    held.opinions[editing < 0 ? held.opinions.length : editing] = said;
    return change({ typing: null }, true);
  };

  return {
    empty: () => ({ opinions: [], files: [] }),
    titled: (one) => ([one.place, one.held_on?.split('-').reverse().join('/')].filter((said) => said).join(', ') || new Date(one.at).toLocaleString()) + ' (' + one.opinions.length + ')',
    sent({ gathering, numbers }) {
      const range = [...new Set([numbers[0], numbers.at(-1)])].join('–');
      return words.sent.replace('#', gathering) + (range && ', ' + words.numbers + ' ' + range);
    },
    show(draft) {
      held = draft;
      at('cac').replaceChildren(...draft.opinions.map((one, index) => {
        const item = line.content.cloneNode(true).firstChild;
        item.firstChild.textContent = one.text || one.proposed || one.stance;
        item.onclick = ({ target: { name } }) => {
          if (name === 'sua') fill(opinion, draft.opinions[editing = index]);
          if (name === 'bo') {
            draft.opinions.splice(index, 1);
            editing = -1;
            change();
          }
        };
        return item;
      }));
      at('so-anh').textContent = draft.files.map((file) => file.name).join(', ');
    },
    begin(draft) {
      editing = -1;
      fill(opinion, draft.typing || {});
    },
    half: () => ({ typing: editing < 0 ? typed(opinion) : null }),
    finish: () => says(typed(opinion)) && opinion.requestSubmit(),
    lacks: ({ opinions, files }) => (opinions[0] || files[0] ? '' : words.nothing),
    leave: (one) => { one.files = []; },
    rows: (one, names) => one.opinions.map((said, index) => names.map((name) => (
      name === 'row_key' ? one.id + '-' + index : name === 'anchor' && said.anchor ? '[' + said.anchor + ']' : said[name] ?? one[name]
    ))),
  };
};

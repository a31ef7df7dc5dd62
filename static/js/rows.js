/* One box for all rows of a table, or for all in a form where `data-all` stands; not for those with `data-alone`. */
export default (table) => {
  const boxes = [...table.querySelectorAll('input[type=checkbox]:not([data-alone])')];
  const head = table.querySelector('thead .check, [data-all]');
  if (!head || boxes.length < 2) return;
  const made = (tag, properties) => Object.assign(document.createElement(tag), properties);
  const label = made('label');
  const box = made('input', { type: 'checkbox' });
  // In a narrow column the words are for those who hear the page.
  const words = made('span', { textContent: table.dataset.checkAll, className: head.matches('td, th') ? 'unseen all' : '' });
  label.append(box, ' ', words);
  head.replaceChildren(label);
  const show = () => {
    const ticked = boxes.filter((one) => one.checked).length;
    box.checked = ticked === boxes.length;
    box.indeterminate = ticked > 0 && !box.checked;
  };
  box.addEventListener('change', () => boxes.forEach((one) => { one.checked = box.checked; }));
  table.addEventListener('change', show);
  show();
};

/* A file that would be refused is told at once, before minutes go into sending it. */
export default (field) => {
  const note = Object.assign(document.createElement('p'), { className: 'error', role: 'alert', hidden: true });
  const tooLarge = () => [...field.files].some((file) => file.size > field.dataset.largest);
  field.before(note);
  field.addEventListener('change', () => {
    field.ariaInvalid = tooLarge();
    note.hidden = !tooLarge();
    note.textContent = tooLarge() ? field.dataset.tooLarge : '';
  });
  field.form.addEventListener('submit', (event) => {
    if (!tooLarge()) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    field.focus();
  }, true);
};

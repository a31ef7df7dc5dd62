/* A file that would be refused is told at once, before minutes go into sending it. */
export default (field, { made }) => {
  const note = made('p', { className: 'error', role: 'alert', textContent: field.dataset.tooLarge });
  const tooLarge = () => [...field.files].some((file) => file.size > field.dataset.largest);
  const look = () => {
    field.ariaInvalid = tooLarge();
    if (tooLarge()) field.before(note);
    else note.remove();
  };
  field.addEventListener('change', look);
  field.form.addEventListener('submit', (event) => {
    if (!tooLarge()) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    field.focus();
  }, true);
  // On a slow line a file may be chosen before this is here.
  if (field.value) look();
};

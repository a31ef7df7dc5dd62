/* How many letters are left, shown at once and spoken when the writer pauses. */
export default (area, { made }) => {
  const note = made('span', { className: 'counter', ariaHidden: true });
  const spoken = made('span', { className: 'unseen', role: 'status' });
  const words = () => (area.value.length < area.maxLength * 0.9 ? '' :
    area.dataset.counter.replace('#', area.maxLength - area.value.length));
  let pause;
  const show = () => {
    note.textContent = words();
    clearTimeout(pause);
    pause = setTimeout(() => { if (document.activeElement === area) spoken.textContent = words(); }, 1500);
  };
  area.after(note, spoken);
  area.addEventListener('input', show);
  show();
};

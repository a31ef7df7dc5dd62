/* Where the telephone is, written into the field above as somebody would type it. */
export default (place) => {
  const field = place.querySelector('input');
  const line = place.querySelector('[data-locate]');
  const told = line.querySelector('span');
  line.hidden = !navigator.geolocation;
  line.querySelector('button').addEventListener('click', () => {
    navigator.geolocation.getCurrentPosition(({ coords }) => {
      field.value = `${coords.latitude.toFixed(5)}, ${coords.longitude.toFixed(5)}`;
      field.dispatchEvent(new Event('input', { bubbles: true }));
      told.textContent = told.dataset.known;
    }, () => { told.textContent = told.dataset.unknown; }, { enableHighAccuracy: true, timeout: 20000 });
  });
};

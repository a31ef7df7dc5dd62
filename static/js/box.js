/* A box drawn on a page. */
const [radio, ...sides] = document.querySelectorAll('[data-drawn] input');
const pane = document.querySelector('[data-box] svg');
let from;
const show = () => {
  const box = sides.map((side, i) => Math.min(side.value, 1000 - (i > 1 && sides[i - 2].value)));
  box.forEach((side, i) => { pane.firstChild.attributes[i].value = side; });
  radio.value = radio.value.replace(/[^/]+$/, box.join('-'));
};
const draw = (event) => {
  const to = [event.offsetX / pane.clientWidth, event.offsetY / pane.clientHeight];
  from ||= to;
  to.forEach((side, i) => {
    sides[i].value = 1000 * Math.min(from[i], side);
    sides[i + 2].value = 1000 * Math.abs(from[i] - side);
  });
  show();
};
pane.onpointerdown = (event) => {
  from = 0;
  draw(event);
  pane.onpointermove = draw;
  pane.setPointerCapture(event.pointerId);
};
pane.onpointerup = () => { pane.onpointermove = 0; };
radio.form.oninput = show;
radio.parentNode.hidden = false;
show();

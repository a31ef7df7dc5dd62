/* A box drawn on a page, as four sides in thousandths of it: left, top, width and height. */
const [choice, ...sides] = document.querySelectorAll('[data-drawn] input');
const pane = document.querySelector('[data-box] svg');
let from;
if (matchMedia('(min-width: 75rem)').matches) pane.closest('details').open = true;

const show = () => {
  // Width and height end where the page does, whatever was typed.
  const [left, top] = sides.map((side) => side.value);
  const most = [1000, 1000, 1000 - left, 1000 - top];
  const box = sides.map((side, i) => Math.min(side.value, most[i]));
  // The attributes of the rectangle stand in the order of the sides.
  box.forEach((side, i) => { pane.firstChild.attributes[i].value = side; });
  const hide = !choice.checked;
  pane.toggleAttribute('hidden', hide);
  choice.nextElementSibling.nextElementSibling.hidden = hide;
  choice.value = choice.value.replace(/[^/]+$/, box.join('-'));
};

const draw = (event) => {
  const to = [event.offsetX / pane.clientWidth, event.offsetY / pane.clientHeight];
  if (!from) from = to;
  to.forEach((place, i) => {
    sides[i].value = 1000 * Math.min(from[i], place);
    sides[i + 2].value = 1000 * Math.abs(from[i] - place);
  });
  show();
};

pane.onpointerdown = (event) => {
  from = null;
  draw(event);
  pane.onpointermove = draw;
  // A finger that leaves the page goes on drawing along its edge.
  pane.setPointerCapture(event.pointerId);
};
pane.onpointerup = () => { pane.onpointermove = null; };
choice.form.oninput = show;
choice.parentNode.hidden = false;
show();

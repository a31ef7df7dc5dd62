"""Whether what is on a page can be told from what is behind it (WCAG 2.2, 1.4.3), worked out from computed colours.

Axe asks the browser what lies at each place of each word, which takes as long as all its other rules together. Here a
word lies on the backgrounds of the elements around it, as it does everywhere on this site; `test_contrast.py` holds
this to axe's own findings.
"""

UNREADABLE = """() => {
  const canvas = new OffscreenCanvas(1, 1).getContext('2d', {willReadFrequently: true});
  const remember = work => { const known = new Map();
    return key => { if (!known.has(key)) known.set(key, work(key)); return known.get(key); }; };
  const channels = remember(colour => {
    canvas.clearRect(0, 0, 1, 1); canvas.fillStyle = colour; canvas.fillRect(0, 0, 1, 1);
    const [red, green, blue, alpha] = canvas.getImageData(0, 0, 1, 1).data;
    return [red, green, blue, alpha / 255];
  });
  const over = (front, back, alpha) => [0, 1, 2].map(one => front[one] * alpha + back[one] * (1 - alpha));
  const luminance = colour => {
    const [red, green, blue] = colour.map(one => one / 255)
      .map(one => one <= 0.04045 ? one / 12.92 : ((one + 0.055) / 1.055) ** 2.4);
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  };
  const ratio = (one, other) => {
    const [dark, light] = [luminance(one), luminance(other)].sort((first, second) => first - second);
    return (light + 0.05) / (dark + 0.05);
  };
  const style = remember(element => getComputedStyle(element));
  const paper = channels(getComputedStyle(document.documentElement).colorScheme.includes('dark')
    && matchMedia('(prefers-color-scheme: dark)').matches ? '#121212' : '#ffffff');
  // What is behind the words of an element; null where it is a picture, which nobody can work out.
  const behind = remember(element => {
    if (!element) return paper;
    if (style(element).backgroundImage !== 'none') return null;
    const own = channels(style(element).backgroundColor);
    if (own[3] === 1) return own;
    const under = behind(element.parentElement);
    return under && over(own, under, own[3]);
  });
  const opacity = remember(element => element ? Number(style(element).opacity) * opacity(element.parentElement) : 1);
  const idle = element => element.closest(':disabled, [aria-disabled=true], [inert]')
    || (element.closest('label') && element.closest('label').control?.disabled);
  const least = element => {
    const size = parseFloat(style(element).fontSize), bold = Number(style(element).fontWeight) >= 700;
    return size >= 24 || (bold && size >= 18.66) ? 3 : 4.5;
  };
  const wrong = new Map();
  const judge = (element, colour, said) => {
    const back = behind(element);
    if (!back || idle(element)) return;
    const front = channels(colour), found = ratio(over(front, back, front[3] * opacity(element)), back);
    const pair = `${colour} on ${back.map(Math.round)}: ${found.toFixed(2)}`;
    if (found < least(element)) wrong.set(pair, said.trim().slice(0, 60));
  };
  const shown = remember(element => {
    if (!element.checkVisibility({opacityProperty: true, visibilityProperty: true})) return false;
    const box = element.getBoundingClientRect();
    return box.width > 1 && box.height > 1;
  });
  const words = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (words.nextNode()) {
    const element = words.currentNode.parentElement, said = words.currentNode.data;
    if (!said.trim() || !shown(element)) continue;
    judge(element, element instanceof SVGElement ? style(element).fill : style(element).color, said);
  }
  for (const field of document.querySelectorAll('input:not([type=hidden]), textarea')) {
    if (!shown(field)) continue;
    if (field.value) judge(field, style(field).color, field.value);
    else if (field.placeholder) judge(field, getComputedStyle(field, '::placeholder').color, field.placeholder);
  }
  return [...wrong].map(([colours, said]) => `color-contrast: ${colours} at “${said}”`);
}"""
"""A script that gives a sentence for each pair of colours on the present page that is too near, with words in it."""

/* A voice recorded here goes into the file field, as if it had been chosen, and stays on the device until it is received. */
export default (box, { all }) => {
  const [toggle, time, heard, discard] = all('button, [role=timer], audio', box);
  const { form } = toggle;
  const field = form.elements.voice;
  const key = 'phieu:' + form.dataset.draftKey;
  let recorder, busy;
  const show = (state) => {
    busy = /ing$/.test(state);
    all('[data-when]', box).forEach((part) => { part.hidden = !part.dataset.when.includes(state); });
  };
  const stop = () => {
    recorder?.stop();
    // The light of the microphone goes out only when its track is stopped too.
    recorder?.stream.getTracks()[0].stop();
  };
  const take = (data) => {
    const files = new DataTransfer();
    files.items.add(new File([data], box.dataset.name, data));
    field.files = files.files;
    heard.src = URL.createObjectURL(data);
    show('done');
    form.dispatchEvent(new Event('input'));
  };
  toggle.onclick = async () => {
    if (busy) return stop();
    show('asking');
    try {
      recorder = new MediaRecorder(await navigator.mediaDevices.getUserMedia({ audio: true }), { audioBitsPerSecond: 32000 });
      recorder.start();
      show('recording');
    } catch {
      return show('refused');
    }
    let said = 0;
    const ticking = setInterval(() => {
      said += 250;
      // Minutes and seconds, 2:05, out of an instant that long after the beginning of time.
      time.textContent = new Date(said).toISOString().slice(15, 19);
      if (said > box.dataset.most * 1e3) stop();
    }, 250);
    recorder.ondataavailable = ({ data }) => {
      clearInterval(ticking);
      caches.open(key).then((kept) => kept.put('/', new Response(data)));
      take(data);
      heard.focus();
    };
  };
  field.onchange = () => {
    heard.pause();
    show('ready');
  };
  discard.onclick = () => {
    field.value = '';
    caches.delete(key);
    field.onchange();
    form.dispatchEvent(new Event('input'));
    toggle.focus();
  };
  // What is still being said is not sent half.
  form.addEventListener('submit', (event) => {
    if (!busy) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    stop();
  }, true);
  addEventListener('pagehide', stop);
  // In which language is said first.
  const offer = () => { box.hidden = !window.MediaRecorder || !form.querySelector('#noi :checked'); };
  form.addEventListener('change', offer);
  offer();
  // On a slow line a file may be chosen before this is here.
  window.caches?.match('/', { cacheName: key }).then((kept) => kept?.blob()).then((data) => data && !field.value && take(data));
};

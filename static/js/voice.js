/* A voice recorded here goes into the file field, as if it had been chosen, and stays on the device until it is received. */
export default (place) => {
  const box = place.querySelector('[data-most]');
  const [toggle, time, heard, discard] = box.querySelectorAll('button, [role=timer], audio');
  const field = place.querySelector('[type=file]');
  const key = 'phieu:' + field.form.dataset.draftKey;
  let recorder, state;
  const show = (next) => {
    state = next;
    box.querySelectorAll('[data-when]').forEach((part) => { part.hidden = !part.dataset.when.includes(state); });
  };
  const stop = () => {
    recorder?.stop();
    // The light of the microphone goes out only when its track is stopped too.
    recorder?.stream.getTracks().forEach((track) => track.stop());
  };
  const busy = () => state === 'asking' || state === 'recording';
  const take = (data) => {
    const files = new DataTransfer();
    files.items.add(new File([data], box.dataset.name, data));
    field.files = files.files;
    heard.src = URL.createObjectURL(data);
    show('done');
  };
  toggle.onclick = async () => {
    if (busy()) return stop();
    show('asking');
    try {
      recorder = new MediaRecorder(await navigator.mediaDevices.getUserMedia({ audio: true }), { audioBitsPerSecond: 32000 });
      recorder.start();
      show('recording');
    } catch {
      return show('refused');
    }
    let quarters = 0;
    const ticking = setInterval(() => {
      quarters += 1;
      // Minutes and seconds, 2:05, out of an instant that many seconds after the beginning of time.
      time.textContent = new Date(quarters * 250).toISOString().slice(15, 19);
      // A form that was sent away, or folded, listens no longer.
      if (quarters > box.dataset.most * 4 || !place.open || !place.isConnected) stop();
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
    toggle.focus();
  };
  // What is still being said is not sent half.
  field.form.addEventListener('submit', (event) => {
    if (!busy()) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    stop();
  }, true);
  addEventListener('pagehide', stop);
  // In which language is said first.
  const offer = () => { box.hidden = !navigator.mediaDevices || !window.MediaRecorder || !place.querySelector(':checked'); };
  place.addEventListener('change', offer);
  offer();
  window.caches?.match('/', { cacheName: key }).then((kept) => kept?.blob()).then((data) => { if (data) take(data); });
};

/* A button that has the browser make or show a passkey, and sends its answer with the form. Where the browser knows none
   the form stays hidden. */
const bytes = (word) => Uint8Array.from(atob(word.replace(/-/g, '+').replace(/_/g, '/')), (sign) => sign.charCodeAt(0));
const word = (buffer) => btoa(String.fromCharCode(...new Uint8Array(buffer)))
  .replace(/\+/g, '-').replace(/\//g, '_').replace(/=/g, '');
const known = (list) => (list || []).map((one) => ({ ...one, id: bytes(one.id) }));

const written = (key) => {
  const response = {};
  for (const name of ['clientDataJSON', 'attestationObject', 'authenticatorData', 'signature', 'userHandle']) {
    if (key.response[name]) response[name] = word(key.response[name]);
  }
  return JSON.stringify({ id: key.id, rawId: word(key.rawId), type: key.type, response, clientExtensionResults: {} });
};

const make = (options) => navigator.credentials.create({ publicKey: {
  ...options, challenge: bytes(options.challenge), user: { ...options.user, id: bytes(options.user.id) },
  excludeCredentials: known(options.excludeCredentials),
} });

const show = async (form) => {
  const answer = await fetch(form.dataset.ask, { method: 'POST', body: new FormData(form) });
  if (!answer.ok) return null;
  const options = await answer.json();
  return navigator.credentials.get({ publicKey: {
    ...options, challenge: bytes(options.challenge), allowCredentials: known(options.allowCredentials),
  } });
};

export default (form) => {
  form.hidden = !window.PublicKeyCredential;
  const failed = form.querySelector('.error');
  form.querySelector('button').addEventListener('click', async () => {
    failed.hidden = true;
    try {
      const { options } = form.dataset;
      const key = await (options ? make(JSON.parse(options)) : show(form));
      // What the site does not go on with (a page that was open for too long), it says itself.
      if (key) form.elements.passkey.value = written(key);
      form.submit();
    } catch {
      failed.hidden = false;
    }
  });
};

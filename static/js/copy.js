/* A button that puts the words of an element where they can be pasted, and says so. */
export default (button) => {
  button.hidden = !navigator.clipboard;
  button.addEventListener('click', async () => {
    await navigator.clipboard.writeText(document.getElementById(button.dataset.copy).textContent);
    document.querySelectorAll('[data-copied]').forEach((told) => { told.textContent = told.dataset.copied; });
  });
};

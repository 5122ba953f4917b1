// Small comforts of forms; every form works without them.
// data-now: fills the named moment field with the present minute.
document.addEventListener("click", (event) => {
  const now = event.target.closest("[data-now]");
  if (now) {
    const at = new Date(Date.now() - new Date().getTimezoneOffset() * 60000);
    document.getElementById(now.dataset.now).value = at.toISOString().slice(0, 16);
  }
  const copy = event.target.closest("[data-copy]");
  if (copy) navigator.clipboard?.writeText(copy.dataset.copy);
  const phrase = event.target.closest("[data-fill]");
  if (phrase) fill(document.getElementById(phrase.dataset.fill), phrase.dataset.value ?? phrase.textContent);
  const sure = event.target.closest("[data-sure]");
  if (sure && !window.confirm(sure.dataset.sure)) event.preventDefault();
});
// data-submit: a select or check box that sends its form when changed.
document.addEventListener("change", (event) => {
  if (event.target.matches("[data-submit]")) event.target.form.requestSubmit();
});
// data-drop: a file can be dropped on the area; it lands in the file input inside.
for (const kind of ["dragover", "drop"]) {
  document.addEventListener(kind, (event) => {
    const area = event.target.closest?.("[data-drop]");
    if (!area) return;
    event.preventDefault();
    area.classList.toggle("is-over", kind === "dragover");
    if (kind === "drop") {
      const input = area.querySelector("input[type=file]");
      input.files = event.dataTransfer.files;
      input.dispatchEvent(new Event("change", { bubbles: true }));
    }
  });
}
// Ctrl+Enter sends the form one is writing in.
document.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey) && event.target.form) event.target.form.requestSubmit();
});
// data-fill: a button that puts its value, or its own words, into the named field; a part that is folded opens first.
function fill(field, value) {
  const folded = field.closest("details");
  if (folded) folded.open = true;
  field.value = value;
  field.dispatchEvent(new Event("input", { bubbles: true }));
  field.focus();
}
// Useless without script, so hidden until now.
document.querySelectorAll("[data-fill][hidden]").forEach((phrase) => (phrase.hidden = false));

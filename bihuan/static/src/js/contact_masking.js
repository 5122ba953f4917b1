// Comforts of recording: each works on what the page already holds, and the page works without them.
document.addEventListener("click", (event) => {
  // data-rows: one more row like the last, empty.
  const add = event.target.closest("[data-rows-add]");
  if (add) {
    const rows = add.parentElement.querySelectorAll(".rows-one");
    const row = rows[rows.length - 1].cloneNode(true);
    row.querySelectorAll("input").forEach((input) => { input.value = ""; input.removeAttribute("id"); });
    add.before(row);
    row.querySelector("input").focus();
  }
});
document.querySelectorAll("[data-rows-add]").forEach((button) => { button.hidden = false; });
// data-complete: how much of a whole record is there. Channel and words always count.
for (const form of document.querySelectorAll("form[data-complete]")) {
  const wanted = form.dataset.complete.split(" ");
  const faults = new Set(["app_version", "system", "frequency"]);
  const meter = form.querySelector(".meter");
  const measure = () => {
    const asked = wanted.filter((name) => !faults.has(name) || form.elements.nature.value === "fault");
    const there = asked.filter((name) => form.elements[name]?.value.trim()).length;
    const words = form.elements.text.value.trim() ? 1 : 0;
    const percent = Math.round((100 * (there + words + 1)) / (asked.length + 2));
    meter.hidden = false;
    meter.querySelector("progress").value = percent;
    meter.querySelector("b").textContent = `${percent}%`;
  };
  form.addEventListener("input", measure);
  measure();
}
// data-hide: what was shown in clear is masked again after so many seconds.
const hideAgain = (root) => root.querySelectorAll("[data-hide]").forEach((shown) => {
  setTimeout(() => { shown.textContent = shown.dataset.instead; }, Number(shown.dataset.hide) * 1000);
  shown.removeAttribute("data-hide");
});
hideAgain(document);
document.addEventListener("htmx:load", (event) => hideAgain(event.detail.elt.parentElement ?? document));

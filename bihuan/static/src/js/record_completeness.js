// data-complete: a meter shows how much of a record is filled in. Channel and verbatim text always count.
const FAULT_FIELDS = new Set(["app_version", "system", "frequency"]);

function percentComplete(form, names) {
  const isFault = form.elements.nature.value === "fault";
  const wanted = names.filter((name) => isFault || !FAULT_FIELDS.has(name));
  const filled = wanted.filter((name) => form.elements[name]?.value.trim()).length;
  const text = form.elements.text.value.trim() ? 1 : 0;
  const channel = 1;
  return Math.round((100 * (filled + text + channel)) / (wanted.length + 2));
}

for (const form of document.querySelectorAll("form[data-complete]")) {
  const names = form.dataset.complete.split(" ");
  const meter = form.querySelector(".meter");
  const update = () => {
    const percent = percentComplete(form, names);
    meter.hidden = false;
    meter.querySelector("progress").value = percent;
    meter.querySelector("b").textContent = `${percent}%`;
  };
  form.addEventListener("input", update);
  update();
}

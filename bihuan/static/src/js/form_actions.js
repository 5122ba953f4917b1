// Small comforts of forms; every form works without them.

// Puts a value into a field; a part of the page that is folded opens first.
function fill(field, value) {
  const folded = field.closest("details");
  if (folded) {
    folded.open = true;
  }
  field.value = value;
  field.dispatchEvent(new Event("input", { bubbles: true }));
  field.focus();
}

// The present minute as a datetime-local input writes it.
function localMinute() {
  const now = new Date();
  const shifted = new Date(now.getTime() - now.getTimezoneOffset() * 60000);
  return shifted.toISOString().slice(0, 16);
}

document.addEventListener("click", (event) => {
  // data-now: a button that writes the present minute into the named field.
  const now = event.target.closest("[data-now]");
  if (now) {
    document.getElementById(now.dataset.now).value = localMinute();
  }

  // data-copy: a button that copies its value.
  const copy = event.target.closest("[data-copy]");
  if (copy) {
    navigator.clipboard?.writeText(copy.dataset.copy);
  }

  // data-fill: a button that puts its value, or its own text, into the named field.
  const phrase = event.target.closest("[data-fill]");
  if (phrase) {
    fill(document.getElementById(phrase.dataset.fill), phrase.dataset.value ?? phrase.textContent);
  }

  // data-confirm: a button that asks before it acts.
  const asking = event.target.closest("[data-confirm]");
  if (asking && !window.confirm(asking.dataset.confirm)) {
    event.preventDefault();
  }
});

// data-submit: a select or check box that sends its form when changed.
document.addEventListener("change", (event) => {
  if (event.target.matches("[data-submit]")) {
    event.target.form.requestSubmit();
  }
});

// Useless without script, so hidden until now.
for (const phrase of document.querySelectorAll("[data-fill][hidden]")) {
  phrase.hidden = false;
}

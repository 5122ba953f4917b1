// data-rows-add: a button that adds one more empty row of fields like the last one.
function addRow(button) {
  const rows = button.parentElement.querySelectorAll(".rows-one");
  const row = rows[rows.length - 1].cloneNode(true);
  for (const input of row.querySelectorAll("input")) {
    input.value = "";
    input.removeAttribute("id");
  }
  button.before(row);
  row.querySelector("input").focus();
}

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-rows-add]");
  if (button) {
    addRow(button);
  }
});

// Useless without script, so hidden until now.
for (const button of document.querySelectorAll("[data-rows-add]")) {
  button.hidden = false;
}

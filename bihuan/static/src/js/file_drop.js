// data-drop: a file can be dropped on the area; it lands in the file input inside.
function dropArea(event) {
  const area = event.target.closest?.("[data-drop]");
  if (area) {
    event.preventDefault();
  }
  return area;
}

document.addEventListener("dragover", (event) => {
  dropArea(event)?.classList.add("is-over");
});

document.addEventListener("drop", (event) => {
  const area = dropArea(event);
  if (!area) {
    return;
  }
  area.classList.remove("is-over");
  const input = area.querySelector("input[type=file]");
  input.files = event.dataTransfer.files;
  input.dispatchEvent(new Event("change", { bubbles: true }));
});

// data-hide: a contact shown in clear is masked again after so many seconds.
function maskAgain(root) {
  for (const shown of root.querySelectorAll("[data-hide]")) {
    const milliseconds = Number(shown.dataset.hide) * 1000;
    setTimeout(() => {
      shown.textContent = shown.dataset.instead;
    }, milliseconds);
    shown.removeAttribute("data-hide");
  }
}

maskAgain(document);
document.addEventListener("htmx:load", (event) => {
  maskAgain(event.detail.elt.parentElement ?? document);
});

// Parts of a page that fold open: menus close by themselves, forms are ready for typing.

// data-ready: focuses the first field of a part that has just opened.
export function focusFirstField(part) {
  if (part?.open && part.matches("details[data-ready]")) {
    part.querySelector("input:not([type=hidden]), textarea")?.focus();
  }
}

document.addEventListener("toggle", (event) => focusFirstField(event.target), true);

// A menu closes on a click beside it.
document.addEventListener("click", (event) => {
  for (const menu of document.querySelectorAll("details.who[open], details.top-menu[open]")) {
    if (!menu.contains(event.target)) {
      menu.open = false;
    }
  }
});

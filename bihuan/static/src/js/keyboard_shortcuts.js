// Single keys, as in the tools people know: off while typing and while an input method composes.
// An element says its keys by data-key; pressing it focuses an input and clicks anything else.
document.addEventListener("keydown", (event) => {
  const typing = event.target.closest("input:not([type=radio]):not([type=checkbox]), textarea, select, [contenteditable]");
  if (typing || event.repeat || event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === "Enter" && event.target.closest("a, button, summary")) return;
  const target = document.querySelector(`[data-key~="${CSS.escape(event.key)}"]`);
  if (!target || target.offsetParent === null) return;
  event.preventDefault();
  if (target.matches("input, textarea, select")) target.focus();
  else target.click();
  ready(target.parentElement); // the toggle event comes later than the next key of a quick hand
});
// A menu closes when one looks elsewhere.
document.addEventListener("click", (event) => {
  document.querySelectorAll("details.who[open], details.top-menu[open]").forEach((menu) => {
    if (!menu.contains(event.target)) menu.open = false;
  });
});
// A part that opens to be filled in is ready for typing.
function ready(part) {
  if (part?.open && part.matches("details[data-ready]")) part.querySelector("input:not([type=hidden]), textarea")?.focus();
}
document.addEventListener("toggle", (event) => ready(event.target), true);

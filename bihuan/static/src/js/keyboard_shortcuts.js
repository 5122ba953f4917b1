// Single keys, as in the tools people know: off while typing and while an input method composes.
import { focusFirstField } from "./folding_parts.js";

const TYPING = "input:not([type=radio]):not([type=checkbox]), textarea, select, [contenteditable]";

function isShortcut(event) {
  if (event.repeat || event.isComposing || event.ctrlKey || event.metaKey || event.altKey) {
    return false;
  }
  if (event.target.closest(TYPING)) {
    return false;
  }
  return !(event.key === "Enter" && event.target.closest("a, button, summary"));
}

// data-key: the keys of an element; pressing one focuses an input and clicks anything else.
document.addEventListener("keydown", (event) => {
  if (!isShortcut(event)) {
    return;
  }
  const target = document.querySelector(`[data-key~="${CSS.escape(event.key)}"]`);
  if (!target || target.offsetParent === null) {
    return;
  }
  event.preventDefault();
  if (target.matches("input, textarea, select")) {
    target.focus();
  } else {
    target.click();
  }
  // The toggle event comes later than the next key of a quick hand.
  focusFirstField(target.parentElement);
});

// Ctrl+Enter sends the form one is writing in.
document.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey) && event.target.form) {
    event.target.form.requestSubmit();
  }
});

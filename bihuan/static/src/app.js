// Everything a page needs before anything is drawn by hand: the styles, and the few behaviours of Tabler
// that plain HTML has no element for. htmx is a file of its own (django-htmx ships it) and is loaded before this one.
import "@tabler/core/dist/css/tabler.css";
import "./css/base.css";

import "@tabler/core/js/src/bootstrap/collapse";
import "@tabler/core/js/src/bootstrap/dropdown";
import "@tabler/core/js/src/bootstrap/modal";

// The content security policy allows neither inline styles nor eval, so htmx must not try either.
if (window.htmx) {
  Object.assign(window.htmx.config, { includeIndicatorStyles: false, allowEval: false });
}

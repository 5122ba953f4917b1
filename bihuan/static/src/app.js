// Everything a page needs before anything is drawn by hand: the styles and a few small behaviours.
import "@tabler/core/dist/css/tabler.css";
import "./css/index.css";
import "./js/keyboard_shortcuts.js";
import "./js/folding_parts.js";
import "./js/form_actions.js";
import "./js/file_drop.js";
import "./js/repeated_rows.js";
import "./js/record_completeness.js";
import "./js/contact_masking.js";

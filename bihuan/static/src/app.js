// Everything a page needs before anything is drawn by hand: the styles and a few small behaviours.
import "@tabler/core/dist/css/tabler.css";
import "./css/base.css";
import "./css/parts.css";
import "./css/cases.css";
import "./css/sorting.css";
import "./css/diagnosis.css";
import "./css/learn.css";
import "./css/intake.css";
import "./css/work.css";
import "./css/plans.css";
import "./css/hours.css";
import "./keys.js";
import "./fields.js";
import "./intake.js";

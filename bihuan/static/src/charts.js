// Draws every <figure data-chart="id-of-a-json-script"> on the page with ECharts. The option comes from the server
// as data (json_script), never as code; the same numbers stand beside it in a table for those who see no picture.
import { BarChart, LineChart, PieChart, ScatterChart } from "echarts/charts";
import {
  AriaComponent,
  DatasetComponent,
  GridComponent,
  LegendComponent,
  MarkLineComponent,
  TitleComponent,
  TooltipComponent,
} from "echarts/components";
import { init, use } from "echarts/core";
import { LabelLayout } from "echarts/features";
import { SVGRenderer } from "echarts/renderers";

use([
  AriaComponent,
  BarChart,
  DatasetComponent,
  GridComponent,
  LabelLayout,
  LegendComponent,
  LineChart,
  MarkLineComponent,
  PieChart,
  SVGRenderer,
  ScatterChart,
  TitleComponent,
  TooltipComponent,
]);

const drawn = new WeakMap();

const resizer = new ResizeObserver((entries) => {
  for (const { target } of entries) {
    drawn.get(target)?.resize();
  }
});

function draw(figure) {
  const source = document.getElementById(figure.dataset.chart);
  if (!source || drawn.has(figure)) {
    return;
  }
  const option = JSON.parse(source.textContent);
  // Tooltips are drawn, not marked up: the HTML kind carries inline styles, which the content security policy refuses.
  if (option.tooltip) {
    option.tooltip.renderMode = "richText";
  }
  const chart = init(figure, null, { renderer: "svg" });
  chart.setOption({ aria: { enabled: true }, ...option });
  drawn.set(figure, chart);
  resizer.observe(figure);
}

function drawAll(root) {
  for (const figure of root.querySelectorAll("[data-chart]")) {
    draw(figure);
  }
}

if (document.readyState === "loading") {
  document.addEventListener("DOMContentLoaded", () => drawAll(document));
} else {
  drawAll(document);
}
document.addEventListener("htmx:load", (event) => {
  drawAll(event.detail.elt.parentElement ?? document);
});

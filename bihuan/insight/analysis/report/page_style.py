"""How the report looks: on a wide screen, on a phone and on paper."""

COLOURS = ("#0b6e6e", "#d9822b", "#5271a8", "#a04f6a", "#71922f", "#c7a73a", "#6d5a9c", "#7a8f4f")
GREY = "#a3afb1"  # what is not distinguished
PALE = "#a9cfcd"  # what the data covers only in part

STYLE = """
:root{--ink:#17292b;--muted:#5c6f72;--line:#dfe6e6;--main:#0b6e6e;--soft:#e3f0ef}
*{box-sizing:border-box}
body{margin:0;background:#f5f7f7;color:var(--ink);font:15px/1.55 -apple-system,BlinkMacSystemFont,"Segoe UI","PingFang SC","Hiragino Sans GB","Microsoft YaHei","Noto Sans CJK SC","Noto Sans SC",sans-serif}
main{max-width:1120px;margin:0 auto;padding:1.5rem 1.25rem 3rem}
h1{font-size:1.5rem;margin:0 0 .2rem}h2{font-size:1.1rem;margin:0 0 .7rem}h3{font-size:.95rem;margin:1rem 0 .3rem}
html[lang=en] body{font-family:-apple-system,BlinkMacSystemFont,"Segoe UI",Roboto,"Helvetica Neue",Arial,"DejaVu Sans","PingFang SC","Microsoft YaHei","Noto Sans CJK SC",sans-serif}
p{margin:.35rem 0}a{color:var(--main);text-underline-offset:2px;text-decoration-thickness:1px}
.muted,figcaption,.note{color:var(--muted);font-size:.87rem}.note{margin-top:.6rem}
section{background:#fff;border:1px solid var(--line);border-radius:8px;padding:1rem 1.1rem;margin-top:1rem}
.sentences li{margin:.35rem 0}.sentences{padding-left:1.2rem;margin:.2rem 0}.verdict{font-weight:600}.verdict.fixed,.verdict.improved{color:#2b6e34}.verdict.worse{color:#a8321f}
.lead{font-size:1.02rem}.lead li{margin:.25rem 0}.lead ul{padding-left:1.2rem;margin:.2rem 0}
.tiles{display:grid;grid-template-columns:repeat(auto-fit,minmax(9rem,1fr));gap:.7rem;margin-top:1rem}
.tile{background:#fff;border:1px solid var(--line);border-radius:8px;padding:.7rem .9rem}
.tile b{display:block;font-size:1.55rem;line-height:1.2;font-variant-numeric:tabular-nums}.tile a{text-decoration:none}
.two{display:grid;grid-template-columns:1fr 1fr;gap:0 1rem}.two>section{min-width:0}
.beside{display:grid;grid-template-columns:15rem 1fr;gap:1rem;align-items:center}
.wide{overflow-x:auto}.roomy td{min-width:4.6rem}.roomy .num{min-width:0}.roomy td:first-child:not(.num){min-width:7.5rem}
table{border-collapse:collapse;width:100%;font-size:.92rem}
th,td{padding:.34rem .5rem;text-align:left;border-bottom:1px solid var(--line);vertical-align:top}
th{font-weight:600;color:var(--muted);font-size:.84rem;white-space:nowrap}tr:last-child td{border-bottom:0}
.num{text-align:right;width:1%;padding-left:1.1rem;font-variant-numeric:tabular-nums;white-space:nowrap}
.nowrap{white-space:nowrap}.up{color:#a8321f}.down{color:#2b6e34}
.key{display:inline-block;width:.75rem;height:.75rem;border-radius:2px;margin-right:.4rem;vertical-align:-.05rem}
.heat td.num{min-width:2.6rem}.h0{background:#fff}.h1{background:#eef6f5}.h2{background:#d8ecea}.h3{background:#b9dcd9}.h4{background:#93c9c5}
.heat a{color:var(--ink);text-decoration-color:#7fa5a3}
svg{display:block}.pie{width:100%;max-width:15rem;margin:0 auto}.bars{width:100%;height:9rem;background:linear-gradient(var(--line) 1px,transparent 1px) 0 0/100% 50%}
.spark{width:7rem;height:1.6rem}.ends{display:flex;justify-content:space-between;color:var(--muted);font-size:.82rem;border-top:1px solid var(--line);padding-top:.15rem}
figure{margin:0}
blockquote{margin:.5rem 0;padding:.45rem .8rem;border-left:3px solid var(--main);background:#f7faf9;overflow-wrap:anywhere;white-space:pre-line}
blockquote footer{color:var(--muted);font-size:.84rem;margin-top:.2rem;white-space:normal}
td:has(.bar){vertical-align:middle;width:40%}.bar,.bar i,.heat td{-webkit-print-color-adjust:exact;print-color-adjust:exact}.bar{background:var(--soft);height:.5rem;border-radius:3px;min-width:4rem}.bar i{display:block;height:100%;background:var(--main);border-radius:3px}
.ids{overflow-wrap:anywhere;font-size:.85rem}.words{min-width:14rem;overflow-wrap:anywhere}
code{background:#eef3f3;padding:.05rem .3rem;border-radius:3px;font-size:.88em;overflow-wrap:anywhere}
.change small{margin-left:.45rem;color:var(--muted)}
details summary{cursor:pointer;color:var(--main)}
@media(max-width:760px){main{padding:1rem .75rem 2rem}.two,.beside{grid-template-columns:1fr}section{padding:.85rem .8rem}th,td{padding:.34rem .35rem}.spark{width:4.5rem}.tile b{font-size:1.3rem}.tiles{grid-template-columns:1fr 1fr}.tile:last-child:nth-child(odd){grid-column:1/-1}}
@media(max-width:480px){th,th.num{white-space:normal;word-break:keep-all;vertical-align:bottom}th,td{padding:.3rem .22rem}.num{padding-left:.3rem}table{font-size:.87rem}.change small{display:block}.tile span{font-size:.82rem}}
@page{size:A4;margin:14mm 12mm}
@media print{html{font-size:12.5px}body{background:#fff;font-size:1rem}.sentences,.lead ul{padding-left:1.4rem}main{padding:0;max-width:none}h2,h3{break-after:avoid}tr,li,blockquote,.tile,figure{break-inside:avoid}tr:nth-child(-n+3){break-after:avoid}tr:nth-last-child(-n+3){break-before:avoid}section{border:0;border-top:1px solid var(--line);border-radius:0;padding:.7rem 0;margin-top:.7rem}.tiles{grid-template-columns:repeat(5,1fr)}.tile:last-child:nth-child(odd){grid-column:auto}.tile{padding:.45rem .6rem}.tile b{font-size:1.2rem}.two{grid-template-columns:1fr 1fr}.beside{grid-template-columns:11rem 1fr}.wide{overflow:visible}details summary{display:none}a{color:inherit}}
"""

/// How the page looks: light and dark by the reader's setting, and from a phone's width up.
let pageStyle = """
  :root{--background:#fff;--ink:#1c2024;--faint:#6a7178;--line:#dfe3e7;--card:#f5f7f9;
  --a:#2563eb;--b:#c2410c;--right:#15803d;--wrong:#c81e1e}
  @media (prefers-color-scheme:dark){:root{--background:#14171a;--ink:#e6e9ec;--faint:#98a1a9;
  --line:#333a40;--card:#1d2226;--a:#6ea8fe;--b:#fb923c;--right:#4ade80;--wrong:#f87171}}
  *{box-sizing:border-box}
  body{margin:0;background:var(--background);color:var(--ink);
  font:16px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,sans-serif}
  main{max-width:66rem;margin:0 auto;padding:1.5rem 1rem 4rem}
  h1{font-size:1.6rem;line-height:1.25;margin:0 0 1rem}
  h2{font-size:1.2rem;margin:2.8rem 0 .3rem}
  p{margin:0 0 1rem;color:var(--faint);max-width:46rem}
  small{font-size:.8em;color:var(--faint);font-weight:400}
  .facts{display:grid;grid-template-columns:repeat(auto-fill,minmax(9.5rem,1fr));gap:.6rem;margin:0}
  .facts div{background:var(--card);border-radius:.5rem;padding:.5rem .75rem}
  dt{font-size:.8rem;color:var(--faint)}
  dd{margin:0;font-weight:600;overflow-wrap:anywhere;line-height:1.35}
  .wide{overflow-x:auto}
  table{border-collapse:collapse;font-variant-numeric:tabular-nums;margin:0 0 1rem}
  th,td{padding:.25rem .6rem;text-align:right;border-bottom:1px solid var(--line);white-space:nowrap}
  thead th{color:var(--faint);font-weight:500;font-size:.85rem;vertical-align:bottom}
  tbody th{font-weight:600;white-space:normal}
  th:first-child{text-align:left}
  .confusion th,.confusion td{text-align:center;padding:.25rem .35rem;min-width:2.6rem}
  .many th,.many td{padding:.1rem .15rem;min-width:1.4rem;font-size:.7rem}
  .many tbody th{position:sticky;left:0;background:var(--background)}
  .confusion .hit{background:rgb(34 160 80/.16);font-weight:600}
  .confusion .none{color:var(--line)}
  .confusion .share{color:var(--faint)}
  .charts{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,24rem),1fr));gap:1.5rem;
  align-items:start}
  figure{margin:0}
  figcaption{font-weight:600;margin-bottom:.3rem}
  svg{display:block;width:100%;height:auto}
  svg text{font-size:13px;fill:var(--faint)}
  .end{text-anchor:end}.middle{text-anchor:middle}.start{text-anchor:start}
  svg path,polyline{fill:none;stroke-width:2;stroke-linejoin:round;stroke-linecap:round}
  svg .grid{stroke:var(--line);stroke-width:1}
  svg .note{stroke:var(--faint);stroke-width:1;stroke-dasharray:4 4}
  svg .a{stroke:var(--a)}svg .b{stroke:var(--b)}
  circle.a{fill:var(--a)}circle.b{fill:var(--b)}
  .mistakes{list-style:none;margin:0;padding:0;display:grid;gap:.5rem;
  grid-template-columns:repeat(auto-fill,minmax(10.5rem,1fr))}
  .mistakes li{display:flex;align-items:center;gap:.6rem;background:var(--card);border-radius:.5rem;
  padding:.4rem .6rem .4rem .4rem}
  .mistakes img{border-radius:.3rem;image-rendering:pixelated;flex:none;background:#000}
  .mistakes b{font-size:1.5rem;line-height:1}
  .mistakes li>span{display:flex;flex-direction:column;font-size:.8rem;line-height:1.3;color:var(--faint)}
  i{font-style:normal}
  .right{color:var(--right);font-weight:600}
  .wrong{color:var(--wrong);font-weight:600}
  .units{display:grid;gap:.7rem}
  .units>div{display:grid;grid-template-columns:1.8rem 1fr;align-items:start}
  .units div div{display:grid;grid-template-columns:repeat(auto-fill,3.5rem);gap:.25rem}
  .units b{line-height:3.5rem;font-size:1.5rem}
  .units i{width:3.5rem;height:3.5rem;border-radius:.25rem;background-color:var(--card);
  image-rendering:pixelated}
  .bar{display:inline-block;width:6rem;height:.6rem;border-radius:.3rem;background:var(--line);
  overflow:hidden;vertical-align:middle}
  .bar i{display:block;height:100%}
  .bar .a{background:var(--a)}.bar .b{background:var(--b)}.bar .over{background:var(--wrong)}
  .devices td:nth-child(2){text-align:left}
  @media (max-width:36rem){.bar{width:3rem}main{padding:1rem .75rem 3rem}}
  @media print{section{break-inside:avoid}}
  """

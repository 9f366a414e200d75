// What a page lacks for those who hear it, use a keyboard, or see little contrast; a list of sentences, empty where all is well.
() => {
  const faults = [];
  const shown = (node) => node.checkVisibility() && node.getClientRects().length > 0;
  const what = (node) => node.outerHTML.slice(0, 120);
  const all = (selector) => [...document.querySelectorAll(selector)];

  const ids = all('[id]').map((node) => node.id);
  ids.filter((id, i) => ids.indexOf(id) !== i).forEach((id) => faults.push(`two elements have the id ${id}`));
  for (const name of ['aria-labelledby', 'for', 'aria-describedby']) {
    for (const node of all(`[${name}]`)) {
      for (const id of node.getAttribute(name).split(/\s+/)) {
        if (id && !document.getElementById(id)) faults.push(`${name} names nothing: ${what(node)}`);
      }
    }
  }

  function named(node) {
    const words = node.getAttribute('aria-label')
      ?? (node.getAttribute('aria-labelledby') ?? '').split(/\s+/).map((id) => document.getElementById(id)?.textContent ?? '').join(' ');
    const labels = [...(node.labels ?? [])].map((label) => label.textContent).join(' ');
    return [words, labels, node.title, /^(BUTTON|A|SUMMARY)$/.test(node.tagName) ? node.textContent : ''].some((text) => text?.trim());
  }
  all('button, a[href], input, select, textarea, summary, [tabindex="0"], [role=img], section, progress:not([aria-hidden])')
    .filter((node) => shown(node) && !named(node) && !node.closest('[aria-hidden=true]'))
    .forEach((node) => faults.push(`no name: ${what(node)}`));
  all('[tabindex]').filter((node) => node.tabIndex > 0).forEach((node) => faults.push(`its own place in the order: ${what(node)}`));
  all('[onclick], canvas, svg').filter((node) => shown(node) && node.tagName !== 'SVG' && node.closest('[aria-hidden=true]') === null
    && node.getAttribute('role') === null && node.closest('[role=img], .chart') === null)
    .forEach((node) => faults.push(`a picture without a role: ${what(node)}`));
  all('th').filter((node) => !node.scope).forEach((node) => faults.push(`a heading of nothing: ${what(node)}`));

  all('body *').filter((node) => shown(node) && /auto|scroll/.test(getComputedStyle(node).overflowX)
    && node.scrollWidth > node.clientWidth + 1 && node.tabIndex < 0)
    .forEach((node) => faults.push(`moved by the mouse alone: ${what(node)}`));

  let level = 0;
  for (const heading of all('h1, h2, h3, h4').filter((node) => node.checkVisibility())) {
    const now = Number(heading.tagName[1]);
    if (now > level + 1) faults.push(`${heading.tagName} behind H${level}: ${heading.textContent}`);
    level = now;
  }
  if (all('h1').length !== 1) faults.push(`${all('h1').length} first headings`);
  if (!document.documentElement.lang) faults.push('no language');

  // Contrast by WCAG 2.1, of every text that is seen: 4.5, of large ones 3.
  const paint = document.createElement('canvas').getContext('2d', { willReadFrequently: true });
  function colour(text) {
    paint.clearRect(0, 0, 1, 1);
    paint.fillStyle = text;
    paint.fillRect(0, 0, 1, 1);
    const [r, g, b, a] = paint.getImageData(0, 0, 1, 1).data;
    return [r, g, b, a / 255];
  }
  const over = ([r, g, b, a], [r2, g2, b2]) => [a * r + (1 - a) * r2, a * g + (1 - a) * g2, a * b + (1 - a) * b2, 1];
  const light = (rgb) => rgb.slice(0, 3).map((c) => c / 255)
    .map((c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4))
    .reduce((sum, c, i) => sum + [0.2126, 0.7152, 0.0722][i] * c, 0);
  function ground(node) {
    const chain = [];
    for (let at = node; at; at = at.parentElement) chain.unshift(colour(getComputedStyle(at).backgroundColor));
    return chain.reduce((below, one) => over(one, below), [255, 255, 255, 1]);
  }
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const seen = new Set();
  while (walker.nextNode()) {
    const node = walker.currentNode.parentElement;
    if (!walker.currentNode.textContent.trim() || seen.has(node) || node.closest('svg, noscript, option, .skip') || !shown(node)) continue;
    seen.add(node);
    const look = getComputedStyle(node);
    let opacity = 1;
    for (let at = node; at; at = at.parentElement) opacity *= Number(getComputedStyle(at).opacity);
    if (opacity < 1 || node.closest(':disabled')) continue; // switched off
    const below = ground(node);
    const [one, two] = [light(over(colour(look.color), below)), light(below)].sort((a, b) => b - a);
    const ratio = (one + 0.05) / (two + 0.05);
    const size = parseFloat(look.fontSize);
    const large = size >= 24 || (size >= 18.66 && Number(look.fontWeight) >= 700);
    if (ratio < (large ? 3 : 4.5)) faults.push(`contrast ${ratio.toFixed(2)}: ${what(node)}`);
  }
  const wide = document.documentElement.scrollWidth - document.documentElement.clientWidth;
  if (wide > 0) faults.push(`wider than the window by ${wide}`);
  return faults;
}

// Looks at each HTML file of a folder as people do: on a phone and on a wide screen, in the light and in the dark, on paper.
//   node check.mjs <folder> [<folder for pictures>]
// Prints a line for each thing that is wrong, and ends with 1 where there is any; with 2 where there is no Chromium.
import { readFileSync, readdirSync, mkdirSync, existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { createRequire } from 'node:module';
import { chromium } from 'playwright-core';

const [folder, pictures] = process.argv.slice(2);
const program = [process.env.CHROMIUM_PATH, '/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find(path => path && existsSync(path));
if (!program) {
  console.log('There is no Chromium.');
  process.exit(2);
}

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const files = readdirSync(folder).filter(name => name.endsWith('.html')).sort();
const findings = [];
if (pictures) {
  mkdirSync(pictures, { recursive: true });
}

// Root, as in a container, has no sandbox. Nothing is fetched: the page is a file, and the browser's own services are off.
const browser = await chromium.launch({
  executablePath: program,
  args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-component-update', '--no-first-run'],
});

async function open(name, colorScheme, width) {
  const context = await browser.newContext({ colorScheme, viewport: { width, height: 900 }, deviceScaleFactor: width < 500 ? 2 : 1 });
  const page = await context.newPage();
  const place = `${name}, ${colorScheme}, ${width} px`;
  const address = pathToFileURL(resolve(folder, name)).href;
  page.on('console', message => ['error', 'warning'].includes(message.type()) && findings.push(`${place}: console: ${message.text()}`));
  page.on('pageerror', error => findings.push(`${place}: script: ${error.message}`));
  page.on('request', request => request.url() !== address && findings.push(`${place}: asks for ${request.url()}`));
  await page.addInitScript(() => {
    globalThis.violations = [];
    document.addEventListener('securitypolicyviolation', event => globalThis.violations.push(`${event.violatedDirective} ${event.blockedURI}`));
  });
  await page.goto(address);
  return { context, page, place };
}

async function check(name, colorScheme, width, isRead) {
  const { context, page, place } = await open(name, colorScheme, width);
  const opened = await page.evaluate(() => {
    // What is folded away is to be right too.
    document.querySelectorAll('details').forEach(one => { one.open = true; });
    const root = document.documentElement;
    return { scrolls: root.scrollWidth > root.clientWidth, width: root.scrollWidth, violations: globalThis.violations };
  });
  if (opened.scrolls) {
    findings.push(`${place}: scrolls sideways, ${opened.width} px`);
  }

  opened.violations.forEach(violation => findings.push(`${place}: policy: ${violation}`));
  if (isRead) {
    await read(page, place);
  }

  await context.close();
  if (pictures) {
    const shown = await open(name, colorScheme, width);
    await shown.page.screenshot({ path: join(pictures, `${name.replace('.html', '')}-${width}-${colorScheme}.png`), fullPage: true });
    await shown.context.close();
  }
}

async function read(page, place) {
  await page.evaluate(axe);
  const result = await page.evaluate(() => globalThis.axe.run(document, { preload: false, resultTypes: ['violations'] }));
  for (const violation of result.violations) {
    findings.push(`${place}: axe: ${violation.id}: ${violation.help} (${violation.nodes.length}), ${violation.nodes[0].target}`);
  }
}

for (const name of files) {
  for (const colorScheme of ['light', 'dark']) {
    for (const width of [360, 1280]) {
      // axe takes seconds for a page of 500 rows: each scheme and each width is read once.
      await check(name, colorScheme, width, (colorScheme === 'light') === (width === 360));
    }
  }

  if (pictures) {
    const { context, page } = await open(name, 'light', 1280);
    await page.pdf({ path: join(pictures, name.replace('.html', '.pdf')), format: 'A4', margin: { top: '15mm', bottom: '15mm', left: '15mm', right: '15mm' }, printBackground: true });
    await context.close();
  }
}

await browser.close();
findings.forEach(finding => console.log(finding));
console.log(`${files.length} pages, ${findings.length} findings`);
process.exit(findings.length ? 1 : 0);

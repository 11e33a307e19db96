// What anybody sees of the council in a browser: every page without a fault that axe finds, on paper, and on a small screen.
import { AxeBuilder } from '@axe-core/playwright';
import { chromium } from 'playwright-core';
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { after, before, test } from 'node:test';

const address = process.env.ADDRESS;
const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
let browser;

async function send(role, path, key, body) {
  const answer = await fetch(address + path, {
    method: 'POST',
    headers: {
      'Content-Type': 'application/json',
      Authorization: `Bearer ${process.env[`TOKEN_${role}`]}`,
      'Idempotency-Key': key,
    },
    body: JSON.stringify(body),
  });
  assert.equal(answer.status, 201, await answer.text());
  return answer;
}

function stored(sql) {
  return execFileSync('psql', ['-X', '-qtA', process.env.TIDEOVER_OWNER_DATABASE, '-c', sql], { encoding: 'utf8' }).trim();
}

/// Waits until all that was recorded is sealed, as can be published.
async function sealed() {
  for (let tries = 0; tries < 300; tries += 1) {
    const figures = await (await fetch(`${address}/v1/headlines`)).json();
    if (figures.sealed) return;
    await new Promise((done) => { setTimeout(done, 100); });
  }
  assert.fail('nothing was sealed in half a minute');
}

async function opened(path, options = {}) {
  const context = await browser.newContext({ reducedMotion: 'reduce', ...options });
  const page = await context.newPage();
  const foreign = [];
  page.on('request', (request) => {
    if (!request.url().startsWith(address) && !request.url().startsWith('data:')) foreign.push(request.url());
  });
  const answer = await page.goto(address + path);
  return { page, answer, foreign, close: () => context.close() };
}

const told = (violations) => violations.map((one) => `${one.id}: ${one.nodes.map((node) => node.target).join(' ')}`);

before(async () => {
  for (let month = 3; month <= 12; month += 1) {
    for (let call = 0; call < month; call += 1) {
      await send('HELPLINE', '/v1/calls', `call-${month}-${call}`, {
        direction: 'inbound',
        line: 'coronavirus',
        counterparty: 'resident',
        purpose: 'help_request',
        started_at: `2020-${String(month).padStart(2, '0')}-20T10:0${call % 10}:00Z`,
        duration_s: 240,
        reasons: ['food'],
        outcome: 'advice_given',
      });
    }
  }
  await sealed();
  await send('FINANCE', '/v1/publications', 'publication', { title: 'Council Plan', as_at: '2021-01-31' });
  browser = await chromium.launch({
    executablePath: '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
      '--disable-component-update', '--disable-sync'],
  });
});
after(() => browser?.close());

const publication = () => `/publications/${stored('SELECT id FROM publication')}`;
const paths = ['/', '/docs', '/dashboard', '/dashboard?year=2020-21', '/publications', publication, '/problems/not-found',
  '/problems/overlapping-figure'];

for (const path of paths) {
  const name = typeof path === 'string' ? path : 'a publication';
  test(`axe finds nothing on ${name}, which asks nobody else for anything`, async () => {
    const { page, answer, foreign, close } = await opened(typeof path === 'string' ? path : path());
    assert.equal(answer.status(), 200);
    const { violations, passes } = await new AxeBuilder({ page }).withTags(tags).analyze();
    assert.deepEqual(told(violations), []);
    assert.ok(passes.length > 10);
    assert.deepEqual(foreign, []);
    await close();
  });
  test(`${name} needs no sideways scrolling on a screen of 320 pixels`, async () => {
    const { page, close } = await opened(typeof path === 'string' ? path : path(), { viewport: { width: 320, height: 640 } });
    const [wide, seen] = await page.evaluate(() => [document.documentElement.scrollWidth, innerWidth]);
    assert.ok(wide <= seen, `${wide} pixels`);
    await close();
  });
}

test('what is planted on the dashboard axe finds', async () => {
  const { page, close } = await opened('/dashboard');
  await page.evaluate(() => {
    document.documentElement.removeAttribute('lang');
    document.querySelector('main').insertAdjacentHTML('beforeend', '<img src="data:," /><a href="/"></a>');
  });
  const { violations } = await new AxeBuilder({ page }).withTags(tags).analyze();
  const found = violations.map((one) => one.id);
  for (const planted of ['html-has-lang', 'image-alt', 'link-name']) assert.ok(found.includes(planted), planted);
  await close();
});

test('a year that is chosen shows its months alone, and leads back to all', async () => {
  const { page, close } = await opened('/dashboard');
  await page.getByRole('link', { name: '2020/21', exact: true }).click();
  assert.equal(new URL(page.url()).search, '?year=2020-21');
  const shown = await page.locator('main').innerText();
  assert.match(shown, /By month, 2020\/21/);
  assert.doesNotMatch(shown, /\bMar(ch)? 2020\b|2020-03/);
  await page.getByRole('link', { name: 'All months' }).click();
  assert.match(await page.locator('main').innerText(), /By month/);
  await close();
});

test('the dashboard shows what is stored, without a script', async () => {
  const { page, close } = await opened('/dashboard', { javaScriptEnabled: false });
  const received = stored("SELECT count(*) FROM call WHERE direction = 'inbound' AND answered AND NOT voided");
  const figure = page.locator('section', { hasText: 'Calls from residents to the Coronavirus helpline' }).first();
  assert.match(await figure.innerText(), new RegExp(`\\b${received}\\b`));
  await close();
});

test('the dashboard prints on A4: no page cuts anything off, and there are pages', async () => {
  const { page, close } = await opened('/dashboard', { viewport: { width: 718, height: 1047 } }); // A4 with 1 cm of margin
  await page.emulateMedia({ media: 'print' });
  const [wide, seen] = await page.evaluate(() => [document.documentElement.scrollWidth, innerWidth]);
  assert.ok(wide <= seen, `${wide} pixels`);
  const pdf = await page.pdf({ format: 'A4', margin: { top: '1cm', right: '1cm', bottom: '1cm', left: '1cm' } });
  const pages = pdf.toString('latin1').match(/\/Type\s*\/Page\b/g)?.length ?? 0;
  assert.ok(pages >= 2 && pages < 40, `${pages} pages`);
  await close();
});

/* news.mjs – the newsroom as its people go through it, scripts off: a rubric, an article with a number in it, shown
 * without saving, sent, published, read in three languages and in Latin at 320 and 1280 px, in the light and in the
 * dark, corrected, withdrawn. TAP; run by `all` after the pages, since it changes the demo.
 *
 *   node news.mjs --base URL --sign-ins FILE [--shots DIR] */
import { readFileSync } from 'node:fs';
import { chromium } from 'playwright-core';
import { checkAxe, checkFrame, checkHtml, checkOverflow } from './checks.mjs';
import { signIn } from './forms.mjs';

const at = (name) => process.argv.includes(name) ? process.argv[process.argv.indexOf(name) + 1] : '';
const base = at('--base').replace(/\/$/, ''), shots = at('--shots');
const passwords = new Map(readFileSync(at('--sign-ins'), 'utf8').trim().split('\n').map((l) => l.trim().split(/\s+/)));
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM, args: ['--headless', '--no-sandbox', '--disable-gpu'] });
let n = 0, failed = 0;
function ok(name, yes) {
	if (!yes) failed++;
	console.log(`${yes ? 'ok' : 'not ok'} ${++n} - news: ${name}`);
}
const room = await browser.newContext({ viewport: { width: 1280, height: 900 }, javaScriptEnabled: false });
ok('the clerk signs in', (await signIn(room, `${base}/kk/sign-in`, 'clerk', passwords.get('clerk'))).length === 0);
const state = await room.storageState();

async function looks(path, lang, width, dark, storageState) {
	const context = await browser.newContext({ viewport: { width, height: 800 }, bypassCSP: true,
		colorScheme: dark ? 'dark' : 'light', ...(storageState ? { storageState } : {}) });
	const page = await context.newPage();
	const answer = await page.goto(base + path);
	const faults = [...(await checkHtml(await answer.text(), path)), ...(await checkFrame(page, lang)),
		...(await checkAxe(page)), ...(await checkOverflow(page))];
	if (shots) await page.screenshot({ path: `${shots}/news-${path.replaceAll('/', '_')}-${width}${dark ? '-dark' : ''}.png`, fullPage: true });
	for (const f of faults) console.log(`# ${f}`);
	ok(`${path} at ${width}${dark ? ', dark' : ''}`, faults.length === 0);
	await context.close();
}

const page = await room.newPage();
await page.goto(`${base}/kk/reference/rubrics/new`);
await page.fill('[name=code]', 'assembly');
await page.fill('[name=name_kk]', 'Ассамблея');
await page.fill('[name=name_ru]', 'Ассамблея');
await page.fill('[name=name_en]', 'The Assembly');
await page.click('main form .btn.go');
await page.goto(`${base}/kk/news/new`);
await page.selectOption('[name=rubric]', { label: 'Ассамблея' });
await page.fill('[name=title_kk]', 'Ынтымақ – бәріміздің ортақ ісіміз');
await page.fill('[name=lead_kk]', 'Жыл басынан бері облыста этномәдени бірлестіктер көп жұмыс істеді.');
await page.fill('[name=text_kk]', 'Биыл Ассамблея **{figure:events_total on=2024-11-15}** өткізді, олар {figure:participants_total on=2024-11-15 say=over} жинады.\n\n'
	+ '## Бірлестіктер\n\nОблыста {figure:eca_count on=2024-11-15} бар:\n\n- тіл үйрену;\n- мәдени мұра;\n- жастар.\n\n> Бірлік бар жерде тірлік бар.\n\n'
	+ '| Айдар | Саны |\n|---|---|\n| Этностар | {figure:ethnos_present on=2024-11-15} |\n\n[Барлық іс-шара](/kk/events)\n');
await page.fill('[name=title_ru]', 'Согласие – наше общее дело');
await page.fill('[name=text_ru]', 'В этом году Ассамблея провела {figure:events_total on=2024-11-15}.');
await page.selectOption('[name=ru_state]', 'checked');
await page.fill('[name=author]', 'Хатшылық баспасөз қызметі');
await page.click('button[name=_preview]');
ok('shown without saving, with the number', (await page.locator('section:has(#preview)').innerText()).includes('497 іс-шара'));
ok('what was typed is still there', (await page.inputValue('[name=title_ru]')).startsWith('Согласие'));
await page.click('main form .btn.go');
const path = new URL(page.url()).pathname.replace('/kk', '');
ok('saved, it is shown', /^\/news\/\d+$/.test(path));
await looks(`/kk${path}`, 'kk', 320, false, state);
await looks('/kk/news/new', 'kk', 320, false, state);
await looks('/ru/newsroom', 'ru', 1280, false, state);
await page.click("form[action$='/move/send'] button");
await page.click("form[action$='/move/publish'] button");
for (const [lang, width, dark] of [['kk', 320], ['kk', 1280], ['kk', 1280, true], ['ru', 320], ['ru', 1280], ['en', 320], ['en', 1280], ['kk-latn', 320], ['kk-latn', 1280]])
	await looks(`/${lang}${path}`, lang, width, Boolean(dark));
await looks('/kk/news', 'kk', 320, false);
await looks('/ru/rubric/assembly', 'ru', 1280, false);
const guest = await (await browser.newContext({ javaScriptEnabled: false })).newPage();
await guest.goto(`${base}/kk${path}`);
await guest.click("a.n:has-text('497')");
ok('the number shows its receipt', (await guest.locator('.receipt:target').innerText()).includes('497 іс-шара') && (await guest.locator('.receipt:visible').count()) === 1);
await guest.click('.receipt:target a.go');
ok('from there its records are opened', guest.url().includes('/figures/events_total?') && guest.url().includes('known=') && (await guest.content()).includes('497'));
const feed = await (await fetch(`${base}/feed.atom?lang=ru`)).text();
ok('the feed has it', feed.includes('Согласие') && feed.includes('497 мероприятий'));
await page.goto(`${base}/kk${path}/edit`);
await page.fill('[name=lead_kk]', 'Жыл басынан бері облыста этномәдени бірлестіктер мол жұмыс істеді.');
await page.click('main form .btn.go');
ok('a correction without a word is refused', await page.locator('.errs').count() === 1);
await page.fill('[name=correction]', 'Кіріспедегі бір сөз ауыстырылды.');
await page.click('main form .btn.go');
await guest.goto(`${base}/ru${path}`);
ok('the translation says that the original was changed', await guest.locator('.note').count() >= 2);
await page.goto(`${base}/kk${path}`);
await page.click("details:has(form[action$='/move/withdraw']) summary");
await page.fill("form[action$='/move/withdraw'] [name=reason]", 'Қайта тексеріледі');
await page.click("form[action$='/move/withdraw'] button");
ok('withdrawn, its address says so', (await guest.goto(`${base}/kk${path}`)).status() === 410);
await browser.close();
console.log(`${n - failed} passed, ${failed} failed`);
process.exit(failed === 0 ? 0 : 1);

/* news.mjs – the newsroom as its people go through it, scripts off: a rubric, an article with a number in it, shown
 * without saving, sent, published, read in three languages and in Latin at 320 and 1280 px, in the light and in the
 * dark, corrected, withdrawn. TAP; run by `all` after the pages, since it changes the demo.
 *
 *   node news.mjs --base URL --sign-ins FILE [--shots DIR] */
import { readFileSync } from 'node:fs';
import { deflateSync } from 'node:zlib';
import { chromium } from 'playwright-core';
import { checkAxe, checkFrame, checkHtml, checkOverflow } from './checks.mjs';
import { signIn } from './forms.mjs';

const at = (name) => process.argv.includes(name) ? process.argv[process.argv.indexOf(name) + 1] : '';
const base = at('--base').replace(/\/$/, ''), shots = at('--shots');
const passwords = new Map(readFileSync(at('--sign-ins'), 'utf8').trim().split('\n').map((l) => l.trim().split(/\s+/)));
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM, args: ['--headless', '--no-sandbox', '--disable-gpu'] });
let n = 0, failed = 0;
function crc32(bytes) {
	let c = ~0;
	for (const b of bytes) {
		c ^= b;
		for (let k = 0; k < 8; k++) c = c & 1 ? (c >>> 1) ^ 0xedb88320 : c >>> 1;
	}
	return ~c >>> 0;
}
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
await page.fill('[name=name_kk]', 'Ассамблея хабары');
await page.fill('[name=name_ru]', 'Вести Ассамблеи');
await page.fill('[name=name_en]', 'News of the Assembly');
await page.click('main form .btn.go');
await page.goto(`${base}/kk/news/new`);
await page.selectOption('[name=rubric]', { label: 'Ассамблея хабары' });
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
const reader = await (await browser.newContext()).newPage();
const guest = await (await browser.newContext({ javaScriptEnabled: false })).newPage();
await guest.goto(`${base}/kk${path}`);
await guest.click("a.n:has-text('497')");
ok('the number shows its receipt', (await guest.locator('.receipt:target').innerText()).includes('497 іс-шара') && (await guest.locator('.receipt:visible').count()) === 1);
await guest.click('.receipt:target a.go');
ok('from there its records are opened', guest.url().includes('/figures/events_total?') && guest.url().includes('known=') && (await guest.content()).includes('497'));
const feed = await (await fetch(`${base}/feed.atom?lang=ru`)).text();
ok('the feed has it', feed.includes('Согласие') && feed.includes('497 мероприятий'));
// A photograph: refused without words, hidden without consent, shown with it, small enough, without a jump.
const part = (type, data) => {
	const body = Buffer.concat([Buffer.from(type), data]), out = Buffer.alloc(body.length + 8);
	out.writeUInt32BE(data.length, 0);
	body.copy(out, 4);
	out.writeUInt32BE(crc32(body), body.length + 4);
	return out;
};
const head = Buffer.from([0, 0, 3, 132, 0, 0, 2, 88, 8, 0, 0, 0, 0]);
const picture = { name: 'IMG_1.png', mimeType: 'image/png', buffer: Buffer.concat([Buffer.from('89504e470d0a1a0a', 'hex'),
	part('IHDR', head), part('tEXt', Buffer.from('Comment\0GPSLatitude 50.28')), part('IDAT', deflateSync(Buffer.alloc(600 * 901))), part('IEND', Buffer.alloc(0))]) };
await page.goto(`${base}/kk${path}/pictures/new`);
await page.setInputFiles('[name=file]', picture);
await page.check('[name=consent][value=not_asked]');
await page.click('main form .btn.go');
ok('a picture without words is refused', await page.locator('.errs a[href="#f-alt"]').count() === 1);
await page.setInputFiles('[name=file]', picture);
await page.fill('[name=alt_kk]', 'Достық үйінің алды');
await page.fill('[name=caption_kk]', 'Кештен көрініс');
await page.fill('[name=credit]', 'Хатшылық');
await page.click('main form .btn.go');
await guest.goto(`${base}/kk${path}`);
ok('without consent readers do not see it', await guest.locator('article img').count() === 0);
await page.click("main a[href*='/pictures/']:not([href$='new'])");
await page.check('[name=consent][value=no_faces]');
await page.click('main form .btn.go');
await guest.goto(`${base}/kk${path}`);
const img = guest.locator('article figure img');
ok('with it they do', await img.getAttribute('alt') === 'Достық үйінің алды' && await img.getAttribute('width') === '900'
	&& (await guest.locator('figcaption').innerText()).includes('Хатшылық'));
const sent = await fetch(base + await img.getAttribute('src'));
const bytes = Buffer.from(await sent.arrayBuffer());
ok('made new, without its place', sent.headers.get('content-type') === 'image/jpeg' && !bytes.includes('GPSLatitude'));
ok('asked again, nothing is sent', (await fetch(base + await img.getAttribute('src'), { headers: { 'If-None-Match': sent.headers.get('etag') } })).status === 304);
for (const [lang, width, dark] of [['kk', 320], ['kk-latn', 1280, true], ['ru', 1280]])
	await looks(`/${lang}${path}`, lang, width, Boolean(dark));
await looks('/kk/news', 'kk', 320, false);
await looks(`/kk${path}/pictures/new`, 'kk', 320, false, state);
// Feeds as a reader takes them.
for (const [feed, type, entry, wants] of [['/feed.rss?lang=ru', 'rss', 'item', ['title', 'link', 'guid', 'pubDate', 'description', 'enclosure']],
	['/rubric/assembly/feed.rss', 'rss', 'item', ['title', 'link', 'guid', 'pubDate', 'description']],
	['/feed.atom', 'feed', 'entry', ['id', 'title', 'updated', 'published', 'link', 'content', 'category']]]) {
	const answer = await fetch(base + feed), text = await answer.text();
	const seen = await reader.evaluate(([xml, entry]) => {
		const d = new DOMParser().parseFromString(xml, 'text/xml'), e = d.querySelector(entry);
		return { fault: d.querySelector('parsererror') !== null, root: d.documentElement.localName, in: e ? [...e.children].map((c) => c.localName) : [],
			of: [...(d.querySelector('channel') ?? d.documentElement).children].map((c) => c.localName) };
	}, [text, entry]);
	ok(`${feed} is sound`, !seen.fault && seen.root === type && wants.every((w) => seen.in.includes(w)) && seen.of.includes('title'));
	ok(`${feed} asked again: 304`, (await fetch(base + feed, { headers: { 'If-None-Match': answer.headers.get('etag') } })).status === 304);
}
await page.goto(`${base}/kk${path}/edit`);
await page.fill('[name=lead_kk]', 'Жыл басынан бері облыста этномәдени бірлестіктер мол жұмыс істеді.');
await page.click('main form .btn.go');
ok('a correction without a word is refused', await page.locator('.errs').count() === 1);
await page.fill('[name=correction]', 'Кіріспедегі бір сөз ауыстырылды.');
await page.click('main form .btn.go');
await guest.goto(`${base}/ru${path}`);
await looks(`/kk${path}/versions`, 'kk', 320, false, state);
await page.goto(`${base}/kk${path}/versions`);
ok('the version shows which word went and which came', (await page.locator('.sides del').first().innerText()).trim() === 'көп' && (await page.locator('.sides ins').first().innerText()).trim() === 'мол');
ok('the translation says that the original was changed', await guest.locator('.note').count() >= 2);
await page.goto(`${base}/kk${path}`);
await page.click("details:has(form[action$='/move/withdraw']) summary");
await page.fill("form[action$='/move/withdraw'] [name=reason]", 'Қайта тексеріледі');
await page.click("form[action$='/move/withdraw'] button");
ok('withdrawn, its address says so', (await guest.goto(`${base}/kk${path}`)).status() === 410);
await browser.close();
console.log(`${n - failed} passed, ${failed} failed`);
process.exit(failed === 0 ? 0 : 1);

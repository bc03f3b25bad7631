/* self.mjs – can the checks fail? A small server gives one clean page and pages with one planted fault
 * each; run.mjs must pass the clean one and find every fault where it was planted. TAP. */
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import http from 'node:http';
import os from 'node:os';
import path from 'node:path';

const POLICY = { 'content-security-policy': "default-src 'self'; img-src 'self' data:", 'x-content-type-options': 'nosniff' };
const doc = (body, head = '', lang = 'kk') => `<!DOCTYPE html>
<html lang="${lang}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>Бет</title><link rel="icon" href="data:,">${head}</head>
<body><main><h1>Бет</h1>${body}</main></body></html>`;

/* name → [body, the check that must fail, its answer's other parts] */
const FAULTS = {
	status: ['', 'answers 200', { status: 500 }],
	policy: ['', ': policy', { headers: { 'content-security-policy': "default-src 'self' 'unsafe-inline'", 'x-content-type-options': 'nosniff' } }],
	html: ['<p><div>x</div></p>', 'valid HTML'],
	frame: ['<h1>Екінші</h1>', 'frame'],
	lang: ['', 'frame', { lang: 'ru' }],
	inline: ['<p style="color:red">x</p>', 'keeps its policy'],
	console: ['<script src="/throws.js"></script>', 'quiet console'],
	lost: ['<img src="/no-such.png" alt="сурет">', 'quiet console'],
	foreign: ['<img src="http://127.0.0.1:9/x.png" alt="сурет">', 'keeps its policy'],
	wide: ['<p class="w">x</p>', '320: no sideways scroll', { head: '<link rel="stylesheet" href="/wide.css">' }],
	axe: ['<img src="data:,">', '1280 dark: axe'],
	dim: ['<p class="d">Түнде оқылмайды</p>', '1280 dark: axe', { head: '<link rel="stylesheet" href="/dim.css">' }],
	pale: ['<p class="p">Оқылмайды</p>', '320 light: axe', { head: '<link rel="stylesheet" href="/pale.css">' }],
};
const FILES = {
	'/throws.js': ['text/javascript', 'throw new Error("planted")'],
	'/wide.css': ['text/css', '.w{width:900px}'],
	'/dim.css': ['text/css', '.d{color:#000;background:#fff}@media (prefers-color-scheme:dark){.d{color:#333;background:#000}}'],
	'/pale.css': ['text/css', '.p{color:#ddd;background:#fff}'],
};
const signin = '<form method="post"><p><label>Аты <input name="login" type="text" autocomplete="username"></label></p>'
	+ '<p><label>Құпиясөз <input name="word" type="password" autocomplete="current-password"></label></p>'
	+ '<button type="submit">Кіру</button></form>';

function answer(request, body) {
	const name = request.url.split('/').pop().split('?')[0];
	if (FILES[request.url]) return { headers: { 'content-type': FILES[request.url][0] }, text: FILES[request.url][1] };
	const linked = request.url.match(/^\/(kk|ru|en)\/(linked)?$/);
	if (linked) return { text: doc(`<p><a href="/${linked[1]}/linked">Бет</a></p>`, '', linked[1]) };
	if (request.url === '/kk/sign-in') {
		if (request.method !== 'POST') return { text: doc(signin) };
		return body.includes('word=right') ? { status: 303, headers: { location: '/kk/', 'set-cookie': 's=1' } } : { status: 422, text: doc(signin) };
	}
	if (request.url === '/kk/own')
		return (request.headers.cookie ?? '').includes('s=1') ? { text: doc('') } : { status: 401, text: doc('') };
	if (request.url === '/kk/form') {
		if (request.method !== 'POST') return { text: doc('<form method="post"><p><label>Атауы <input name="name" type="text"></label></p><button type="submit">Сақтау</button></form>') };
		return { status: 422, text: doc('<p class="errs">Қате</p><form method="post"><p><label>Атауы <input name="name" type="text" value="abc"></label></p></form>') };
	}
	const fault = FAULTS[name];
	if (!fault) return { status: 404, text: doc('') };
	const more = fault[2] ?? {};
	return { status: more.status, headers: more.headers, text: doc(fault[0], more.head, more.lang) };
}

const server = http.createServer((request, reply) => {
	let body = '';
	request.on('data', (d) => { body += d; });
	request.on('end', () => {
		const a = answer(request, body);
		reply.writeHead(a.status ?? 200, { 'content-type': 'text/html; charset=utf-8', ...POLICY, ...a.headers });
		reply.end(a.text ?? '');
	});
});

const room = mkdtempSync(path.join(os.tmpdir(), 'browser-self-'));
const form = (more, expect) => ({ path: '/{lang}/form', langs: ['kk'], fill: { name: 'abc' }, ...more, expect });
writeFileSync(path.join(room, 'sign-ins'), 'clerk right\nleader wrong\n');
writeFileSync(path.join(room, 'pages.json'), JSON.stringify({
	first: '/kk/', signin: '/{lang}/sign-in', crawl: [{ path: '/kk/linked' }],
	pages: [...['', ...Object.keys(FAULTS)].map((name) => ({ name: name || 'clean', path: `/{lang}/${name}`, langs: ['kk'] })),
		{ name: 'own', path: '/{lang}/own', as: 'clerk', langs: ['kk'] },
		{ name: 'shut', path: '/{lang}/own', as: 'leader', langs: ['kk'] }],
	forms: [form({ name: 'kept' }, { status: 422, selector: '.errs', kept: { name: 'abc' } }),
		form({ name: 'notkept' }, { status: 422, kept: { name: 'xyz' } }), form({ name: 'wrongstatus' }, { status: 200 })],
}));

function run(port) {
	return new Promise((resolve) => {
		const child = spawn(process.execPath, ['run.mjs', '--base', `http://127.0.0.1:${port}`,
			'--pages', path.join(room, 'pages.json'), '--sign-ins', path.join(room, 'sign-ins')], { cwd: import.meta.dirname ?? path.dirname(new URL(import.meta.url).pathname) });
		let out = '';
		child.stdout.on('data', (d) => { out += d; });
		child.stderr.on('data', (d) => { out += d; });
		child.on('exit', (code) => resolve({ out, code }));
	});
}

server.listen(0, '127.0.0.1', async () => {
	const { out, code } = await run(server.address().port);
	server.close();
	rmSync(room, { recursive: true });
	const bad = out.split('\n').filter((l) => l.startsWith('not ok'));
	const demands = [
		['a run with faults exits 1', code === 1],
		['the clean page has no fault', /^ok .*clean\.kk\.guest.*axe$/m.test(out) && !bad.some((l) => /clean\.|linked/.test(l))],
		['a linked page is found', /^ok .*linked/m.test(out)],
		['a right password signs in', /^ok .*sign in as clerk/m.test(out) && /^ok .*own\.kk\.clerk: answers 200/m.test(out)],
		['a wrong password does not', bad.some((l) => l.includes('sign in as leader')) && bad.some((l) => l.includes('shut.kk.leader: answers 200'))],
		['a form is held to what it promises', /^ok .*form kept\.kk/m.test(out) && bad.some((l) => l.includes('form notkept')) && bad.some((l) => l.includes('form wrongstatus'))],
		...Object.entries(FAULTS).map(([name, f]) => [`planted: ${name}`, bad.some((l) => l.includes(`${name}.kk.guest`) && l.includes(f[1]))]),
	];
	demands.forEach(([name, good], i) => console.log(`${good ? 'ok' : 'not ok'} ${i + 1} - self: ${name}`));
	const failed = demands.filter(([, good]) => !good).length;
	if (failed) console.log(out.replace(/^/gm, '# ').trimEnd());
	process.exitCode = failed ? 1 : 0;
});

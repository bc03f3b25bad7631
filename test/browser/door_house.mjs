/* door_house.mjs – a demo region of its own whose last event is today and has tickets, served by the real binary over
 * TLS, for door.mjs and the speed of the door's page. The tickets' codes are signed here with the key that the
 * binary derives from D.key, by another library: what one side writes the other must read. Without tickets (n = 0) the
 * demo stays as it is, with its business day, unless today is asked for. */
import { execFileSync, spawn } from 'node:child_process';
import { createHash, createPrivateKey, sign, X509Certificate } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import * as core from '../../web/door/core.mjs';

export const TODAY = new Date(Date.now() + 5 * 3600e3).toISOString().slice(0, 10);
export const DAY = core.dayAt(Date.now());
const NAMES = ['Өтегенова Ұлдай', 'Қайратұлы Ғалым', 'Іңкәрбек Әлия', 'Ильин Петр', 'Һамитова Жансая', 'Sadyq Nurlan'];
export const nameOf = (id) => `${NAMES[id % 6]} ${id}`;
export const codeOf = (id) => core.toCrockford(new Uint8Array([7, 0, (id >> 16) & 255, (id >> 8) & 255, id & 255]));

/* kind/vault.c, core/signature.c: BLAKE2b, which node has without its key only. */
const SEED = `import hashlib, sys
master = bytes.fromhex(open(sys.argv[1]).read().strip())
sub = hashlib.blake2b(b'', digest_size=32, key=master, salt=(6).to_bytes(16, 'little'), person=b'shanyraq'.ljust(16, b'\\0')).digest()
print(hashlib.blake2b(b'ed25519 seed', digest_size=32, key=sub).hexdigest())`;

function signer(db) {
	const seed = execFileSync('python3', ['-c', SEED, `${db}.key`]).toString().trim();
	const key = createPrivateKey({ key: Buffer.from(`302e020100300506032b657004220420${seed}`, 'hex'), format: 'der', type: 'pkcs8' });
	return (event, ticket, day) => {
		const p = Buffer.alloc(21);
		p[0] = 1;
		p.writeBigUInt64BE(BigInt(event), 1);
		p.writeBigUInt64BE(BigInt(ticket), 9);
		p.writeUInt32BE(day, 17);
		return core.toCrockford(Buffer.concat([p, sign(null, Buffer.concat([Buffer.from('shanyraq-ticket-1'), p]), key)]));
	};
}

/* In place of the demo's own sign-ups, so that numbers are known. Ticket 2 was taken back. */
function tickets(event, n) {
	const rows = Array.from({ length: n }, (_, i) => `(${i + 1}, 1, 1, 1, ${event}, 1, ${i + 1}, '${nameOf(i + 1)}', '${codeOf(i + 1)}', `
		+ `'${i === 1 ? 'revoked' : 'valid'}', 0, '', '', '', '')`);
	return `DELETE FROM setting WHERE name = 'business_day';
		DELETE FROM ticket; DELETE FROM signup;
		UPDATE event SET first_day = ${DAY}, last_day = NULL, state = 'approved' WHERE id = ${event};
		INSERT INTO signup (id, version, created_at, changed_at, event, persons, state, reserved, way, lang, signed_on, sort_kk, sort_ru,
		sort_en, fold_key) VALUES (1, 1, 1, 1, ${event}, ${n}, 'placed', 0, 'office', 'kk', ${DAY}, '', '', '', '');
		INSERT INTO ticket (id, version, created_at, changed_at, event, signup, seat, name, code, state, minor, sort_kk, sort_ru, sort_en,
		fold_key) VALUES ${rows.join(', ')};`;
}

export async function house(binary, n, today = false) {
	const room = mkdtempSync(path.join(tmpdir(), 'shanyraq-door-')), db = path.join(room, 'd.db'), running = [];
	execFileSync(binary, ['demo', '--db', db], { stdio: 'ignore' });
	const sql = (text) => execFileSync('sqlite3', ['-cmd', '.timeout 5000', db], { input: text }).toString().trim();
	const event = Number(sql('SELECT max(id) FROM event;'));
	if (n > 0) sql(tickets(event, n));
	if (today) sql("DELETE FROM setting WHERE name = 'business_day';");
	const serve = async (args) => {
		const server = spawn(binary, ['serve', '--quiet', ...args, '--listen', '127.0.0.1:0', '--db', db]);
		let said = '';
		running.push(server);
		await new Promise((go, bad) => {
			server.stderr.on('data', (d) => /listens on .*\n/.test(said += d) && go());
			server.on('exit', () => bad(new Error(`the server ended: ${said}`)));
		});
		return { port: Number(/https?:\/\/.*:(\d+)\//.exec(said)[1]), stop: () => server.removeAllListeners('exit').kill() };
	};
	const { port } = await serve(['--tls', '--tls-port', '0']);
	const passwords = new Map(readFileSync(`${db}.sign-ins`, 'utf8').split('\n').map((l) => l.trim().split(/\s+/)));
	const cert = new X509Certificate(readFileSync(`${db}.tls/server.crt`));
	const pin = createHash('sha256').update(cert.publicKey.export({ type: 'spki', format: 'der' })).digest('base64');
	return { db, event, base: `https://127.0.0.1:${port}`, serve, sql, passwords, ticketText: signer(db),
		pinned: `--ignore-certificate-errors-spki-list=${pin}`, stop: () => {
			for (const s of running) s.removeAllListeners('exit').kill();
			rmSync(room, { recursive: true, force: true });
		} };
}

/* Cookies of a signed-in browser. */
export async function signIn(browser, base, h, login = 'clerk') {
	const context = await browser.newContext(), page = await context.newPage();
	await page.goto(`${base}/kk/sign-in`);
	await page.fill('[name=login]', login);
	await page.fill('[name=password]', h.passwords.get(login));
	await page.click('main button[type=submit]');
	await page.waitForURL((u) => !u.pathname.endsWith('/sign-in'));
	const state = await context.storageState();
	await context.close();
	return state;
}


/* screen.mjs – what is seen: the answer over the whole screen, counts, lists, dialogs. Texts come from the page itself
 * (dl#words), in the language that it was asked for; nothing is made of markup, only of text. */
import { shownCode } from './core.mjs';
import { $, clock, say } from '../phone/words.mjs';

export { $, clock, say };

const SHOWN_MS = { ok: 1800, wait: 2600, no: 4500 };
let back = null;

/* tone: 'ready', 'ok', 'wait', 'no'. With the camera on the answer gives way to it after a while. */
export function answer(tone, word, whom, cameraOn) {
	clearTimeout(back);
	document.body.className = `door ${tone}${cameraOn ? ' eye' : ''}`;
	$('word').textContent = word;
	$('whom').textContent = whom;
	if (cameraOn && tone !== 'ready') back = setTimeout(() => ready(true), SHOWN_MS[tone]);
}

export function ready(cameraOn) {
	answer('ready', say('ready'), cameraOn ? say('ready_camera') : say('ready_type'), cameraOn);
}

export function counts(came, expected, waiting, inside) {
	$('n-in').textContent = came;
	$('n-all').textContent = expected;
	$('n-wait').textContent = waiting;
	$('n-now').textContent = inside;
}

export function network(text, bad) {
	if ($('net').textContent !== text) $('net').textContent = text;
	$('net').classList.toggle('bad', bad);
}

export function fill(list, items) {
	list.replaceChildren(...items);
}

export function item(text, note, button) {
	const li = document.createElement('li'), p = document.createElement('p');
	p.textContent = text;
	if (note) {
		const s = document.createElement('small');
		s.textContent = note;
		p.append(document.createElement('br'), s);
	}
	li.append(p);
	if (button) {
		const b = document.createElement('button');
		b.type = 'button';
		b.className = 'btn';
		b.textContent = button.text;
		b.setAttribute('aria-label', `${button.text}: ${text}`);
		b.addEventListener('click', button.press);
		li.append(b);
	}
	return li;
}

export function codeOf(row) {
	return row.code ? shownCode(row.code) : '';
}

/* Dialogs close by their button, by Escape and by a touch beside them; the field has the cursor again. */
export function dialogs() {
	for (const d of document.querySelectorAll('dialog')) {
		d.addEventListener('click', (e) => (e.target === d || e.target.closest('[data-close]')) && d.close());
		d.addEventListener('close', () => $('code').focus({ preventScroll: true }));
	}
}

/* news.js – beside the text of an article that is being written: its numbers, days and words, held against the records
 * after a pause. The page works without: the preview and the saved draft say the same. */
(() => {
	'use strict';
	const house = document.getElementById('news-check');
	if (!house) return;
	const say = house.dataset;
	const PAUSE = 900;

	function element(name, text, attributes = {}) {
		const e = document.createElement(name);
		if (text) e.textContent = text;
		for (const [key, value] of Object.entries(attributes)) e.setAttribute(key, value);
		return e;
	}

	function select(field, place) {
		field.focus();
		field.setSelectionRange(place.from, place.to);
	}

	/* As if it were typed, so that the browser's own undo takes it back. */
	function put(field, place, text) {
		if (field.value.slice(place.from, place.to) !== place.text) return;
		select(field, place);
		if (!document.execCommand('insertText', false, text)) {
			field.setRangeText(text, place.from, place.to, 'end');
			field.dispatchEvent(new Event('input', { bubbles: true }));
		}
	}

	function button(text, run) {
		const b = element('button', text, { type: 'button', class: 'btn' });
		b.addEventListener('click', run);
		return b;
	}

	const tones = { true: 'ok', stale: 'wait', false: 'no', nosource: 'off' };

	function item(field, place) {
		const li = element('li');
		const line = element('p');
		const words = element('mark', place.text, { class: tones[place.verdict] ?? 'wait', translate: 'no' });
		line.append(words, ' ', element('span', place.said, { class: 'mute' }));
		if (place.source) {
			line.append(' · ');
			line.append(place.href ? element('a', place.source, { href: place.href, target: '_blank', rel: 'noopener' }) : place.source);
			if (place.expected) line.append(`: ${place.expected}`);
		}
		li.append(line);
		const acts = element('p', '', { class: 'acts' });
		if (place.put) acts.append(button(`${say.put} ${place.put}`, () => put(field, place, place.put)));
		if (place.figure) acts.append(button(say.figure, () => put(field, place, place.figure)));
		acts.append(button(say.go, () => select(field, place)));
		li.append(acts);
		return li;
	}

	function draw(field, box, found) {
		const all = [...found.claims, ...found.language].sort((a, b) => a.from - b.from);
		const list = element('ul', '', { class: 'said draft' });
		list.append(...all.map((place) => item(field, place)));
		const name = document.querySelector(`label[for=${field.id}] span`)?.textContent ?? '';
		const summary = element('summary', `${say.title}, ${name}: ${all.length}`);
		const details = element('details', '', { class: 'beside' });
		details.open = box.querySelector('details')?.open ?? true;
		details.append(summary, all.length > 0 ? list : element('p', say.clean, { class: 'mute' }));
		box.replaceChildren(details);
	}

	function watch(field) {
		const box = element('div', '', { class: 'besides', 'aria-live': 'polite' });
		let timer = 0;
		let asked = 0;

		async function ask() {
			const number = ++asked;
			const text = field.value;
			if (text.trim() === '') {
				box.replaceChildren();
				return;
			}
			try {
				const answer = await fetch(say.url, { method: 'POST', body: text, headers: { 'Content-Type': 'text/plain; charset=utf-8',
					'X-CSRF-Token': say.csrf }, signal: AbortSignal.timeout(15000) });
				if (!answer.ok) throw new Error(String(answer.status));
				const found = await answer.json();
				if (number === asked && text === field.value) draw(field, box, found);
			} catch {
				if (number === asked) box.replaceChildren(element('p', say.lost, { class: 'mute' }));
			}
		}

		(field.closest('.fld') ?? field).after(box);
		field.addEventListener('input', () => {
			clearTimeout(timer);
			timer = setTimeout(ask, PAUSE);
		});
		if (field.value.trim() !== '') ask();
	}

	for (const name of ['text_kk', 'text_ru']) {
		const field = document.querySelector(`textarea[name=${name}]`);
		if (field) watch(field);
	}
})();
